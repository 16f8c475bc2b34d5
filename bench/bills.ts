import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { convert } from '@cloudact/pipelines';
import { generateDemoBills } from '@cloudact/pipelines/demo';
import { benchmarkCur, keptFile } from './measure.ts';

/** Large bills, by the id of their format: each is asked for a file with so many rows. */
export const largeBills: Readonly<Record<string, (rows: number) => Promise<string>>> = {
  'aws-cur': benchmarkCur,
  'azure-cost-details': (rows) => repeatedMonth('azure', rows),
  'gcp-billing-export': (rows) => repeatedMonth('gcp', rows),
  'oci-cost-report': (rows) => repeatedMonth('oci', rows),
  focus: (rows) =>
    keptFile(`focus-${rows}.csv`, async (output) => {
      await convert({ files: [await benchmarkCur(rows)], output });
    }),
};

/** The demo company's last month at a provider, its lines again and again. */
function repeatedMonth(provider: string, rows: number): Promise<string> {
  return keptFile(`${provider}-${rows}.${provider === 'gcp' ? 'ndjson' : 'csv'}`, async (output) => {
    const directory = await mkdtemp(join(tmpdir(), 'cloudact-bench-'));
    try {
      const [bill] = await generateDemoBills({
        directory,
        endMonth: '2026-06',
        today: '2026-07-15',
        months: 1,
        providers: [provider],
      });
      const file = bill!.months[0]!.files[0]!;
      await pipeline(Readable.from(repeated(file, rows)), createWriteStream(output));
    } finally {
      await rm(directory, { recursive: true });
    }
  });
}

async function* repeated(file: string, rows: number): AsyncGenerator<string> {
  const lines: string[] = [];
  const bytes = createReadStream(file);
  const input = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) lines.push(line);
  if (!lines[0]!.startsWith('{')) yield `${lines.shift()}\n`;
  const block = `${lines.join('\n')}\n`;
  let left = rows;
  for (; left >= lines.length; left -= lines.length) yield block;
  if (left > 0) yield `${lines.slice(0, left).join('\n')}\n`;
}
