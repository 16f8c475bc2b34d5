import type { PepperRing, SigningKey } from '../identity/index.ts';

/** `https://a.example,https://b.example` → its parts. */
export function originList(text: string): string[] {
  return text.split(',').flatMap((origin) => (origin.trim() === '' ? [] : [origin.trim()]));
}

/** Whether the text is an origin and nothing more: no path, no credentials. */
export function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}

/** `1:<secret>,2:<secret>` → the ring whose current version is the highest. Throws a TypeError that repeats nothing. */
export function pepperRing(text: string): PepperRing {
  const peppers: Record<number, string> = {};
  for (const part of text.split(',')) {
    const [, version, pepper] = /^\s*([1-9]\d{0,8}):(.+?)\s*$/.exec(part) ?? [];
    if (version === undefined || pepper === undefined || Buffer.byteLength(pepper) < 32) {
      throw new TypeError('must read 1:<secret>,2:<secret> with at least 32 bytes in each secret');
    }
    if (Number(version) in peppers) throw new TypeError(`has version ${version} twice`);
    peppers[Number(version)] = pepper;
  }
  return { current: Math.max(...Object.keys(peppers).map(Number)), peppers };
}

/** A JSON array of private EC P-256 keys. Throws a TypeError that repeats nothing. */
export function signingKeys(text: string): SigningKey[] {
  const keys = parse(text);
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isSigningKey)) {
    throw new TypeError('must be a JSON array of private JWKs, each with kty "EC", crv "P-256", x, y, d and kid');
  }
  return keys;
}

function isSigningKey(key: unknown): key is SigningKey {
  if (typeof key !== 'object' || key === null) return false;
  const { kty, crv, x, y, d, kid } = key as Record<string, unknown>;
  return kty === 'EC' && crv === 'P-256' && [x, y, d, kid].every((part) => typeof part === 'string' && part !== '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
