import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A form that a secret can have in memory or on disk, and where it was found. */
export interface Trace {
  readonly secret: string;
  readonly form: string;
  readonly place: string;
}

interface Needle {
  readonly secret: string;
  readonly form: string;
  readonly bytes: Buffer;
}

/** The bytes by which the secrets, by name, are known again in whatever encoding. */
export function needlesOf(secrets: Readonly<Record<string, string>>): readonly Needle[] {
  return Object.entries(secrets).flatMap(([secret, text]) => {
    const utf8 = Buffer.from(text);
    const forms: [string, Buffer][] = [
      ['utf8', utf8],
      ['utf16le', Buffer.from(text, 'utf16le')],
      ['hex', Buffer.from(utf8.toString('hex'))],
      ['HEX', Buffer.from(utf8.toString('hex').toUpperCase())],
      ['url-encoded', Buffer.from(encodeURIComponent(text))],
      // Whatever stands before it moves it by 0, 1 or 2 bytes; the characters that this decides are left out.
      ...[0, 1, 2].flatMap((shift): [string, Buffer][] =>
        (['base64', 'base64url'] as const).map((form) => {
          const encoded = Buffer.concat([Buffer.alloc(shift), utf8])
            .toString(form)
            .replaceAll('=', '');
          return [`${form}, moved by ${shift}`, Buffer.from(encoded.slice(shift === 0 ? 0 : 4, -4))];
        }),
      ),
    ];
    return forms.map(([form, bytes]) => ({ secret, form, bytes }));
  });
}

export function tracesIn(bytes: Buffer, place: string, needles: readonly Needle[]): Trace[] {
  return needles.filter((needle) => bytes.includes(needle.bytes)).map(({ secret, form }) => ({ secret, form, place }));
}

/** In all files under the folder. */
export function tracesInFiles(folder: string, needles: readonly Needle[]): Trace[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isFile() ? tracesIn(readFileSync(path), name, needles) : [];
  });
}

/**
 * In all that the process can write in its memory, freed or not (Linux). Undefined where the system does not let us
 * look, as other systems and most containers do not.
 */
export function tracesInMemory(pid: number, needles: readonly Needle[]): Trace[] | undefined {
  let memory: number;
  let maps: string;
  try {
    maps = readFileSync(`/proc/${pid}/maps`, 'utf8');
    memory = openSync(`/proc/${pid}/mem`, 'r');
  } catch {
    return undefined;
  }
  const longest = Math.max(...needles.map(({ bytes }) => bytes.length));
  const chunk = Buffer.alloc(CHUNK_BYTES + longest);
  const traces: Trace[] = [];
  try {
    for (const [, from, to, name] of maps.matchAll(/^(\w+)-(\w+) rw\S* \S+ \S+ \S+ *(.*)$/gm)) {
      const end = Number.parseInt(to!, 16);
      for (let at = Number.parseInt(from!, 16); at < end; at += CHUNK_BYTES) {
        const length = readMemory(memory, chunk, Math.min(chunk.length, end - at), at);
        traces.push(...tracesIn(chunk.subarray(0, length), name || 'anonymous memory', needles));
      }
    }
  } finally {
    closeSync(memory);
  }
  return traces;
}

const CHUNK_BYTES = 4 * 1024 * 1024;

/** Mappings come and go while the process runs: what cannot be read is no longer there. */
function readMemory(memory: number, into: Buffer, length: number, position: number): number {
  try {
    return readSync(memory, into, 0, length, position);
  } catch {
    return 0;
  }
}
