import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { quotePath } from './values.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

let directory: string;
let workbench: Workbench | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'workbench-test-'));
});

afterEach(async () => {
  await workbench?.close();
  workbench = undefined;
  await rm(directory, { recursive: true, force: true });
});

async function open(inputs: string[], outputs: string[] = []): Promise<Workbench> {
  workbench = await openWorkbench({ inputs, outputs, temporaryDirectory: directory });
  return workbench;
}

const SLOW = 'SELECT count(*) AS n FROM range(1000000) AS a(x), range(1000000) AS b(y) WHERE x * y % 7 = 3';

describe('openWorkbench', () => {
  test('reads the given inputs and writes the given outputs, also where a path holds a quote', async () => {
    const input = join(directory, "o'brien.csv");
    const output = join(directory, 'out.csv');
    await writeFile(input, 'service,cost\nS3,1.10\nEC2,0.000000000000000001\n');
    const bench = await open([input], [output]);
    await bench.run(
      'CREATE TABLE bill AS SELECT service, CAST(cost AS DECIMAL(38,18)) AS cost FROM read_csv($file, all_varchar = true)',
      { file: input },
    );
    await bench.run(`COPY bill TO '${output}' (HEADER)`);
    expect(await readFile(output, 'utf8')).toBe('service,cost\nS3,1.100000000000000000\nEC2,0.000000000000000001\n');
  });

  test.each(['plain', 'a[1]', 'what?', 'all*'])(
    'reads the file of a name, not what the name matches (in %s)',
    async (folder) => {
      await mkdir(join(directory, folder));
      await mkdir(join(directory, 'a1'), { recursive: true });
      const names = ['bill[1].csv', 'bill1.csv', 'b*.csv', 'bill?.csv'];
      for (const name of names) await writeFile(join(directory, folder, name), `name\n${name}\n`);
      for (const name of names) await writeFile(join(directory, 'a1', name), 'name\nelsewhere\n');
      const bench = await open([join(directory, folder, 'bill1.csv')]);
      for (const name of names) {
        const path = quotePath(join(directory, folder, name));
        expect(await bench.rows(`SELECT name FROM read_csv([${path}], header = true)`)).toEqual([{ name }]);
      }
      const beside = quotePath(join(directory, 'a1', 'bill1.csv'));
      await expect(bench.rows(`SELECT name FROM read_csv([${beside}])`)).rejects.toThrow('disabled by configuration');
    },
  );

  test('a file elsewhere cannot be read or written, and the lock cannot be lifted', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'workbench-elsewhere-'));
    await writeFile(join(elsewhere, 'secret.csv'), 'a\n1\n');
    const bench = await open([join(directory, 'bill.csv')]);
    for (const path of [
      join(elsewhere, 'secret.csv'),
      join(directory, '..', elsewhere, 'secret.csv'),
      '/etc/hostname',
    ]) {
      await expect(bench.rows('SELECT * FROM read_text($path)', { path })).rejects.toThrow('disabled by configuration');
    }
    await expect(bench.run(`COPY (SELECT 1) TO '${elsewhere}/out.csv'`)).rejects.toThrow('disabled by configuration');
    await expect(bench.run('SET enable_external_access = true')).rejects.toThrow();
    await expect(bench.run('SET allowed_directories = []')).rejects.toThrow('locked');
    await rm(elsewhere, { recursive: true });
  });

  test('decimals, big integers, dates and timestamps come back as text, to the last digit', async () => {
    const bench = await open([]);
    const rows = await bench.rows(
      `SELECT CAST('-99999999999999999999.123456789012345678' AS DECIMAL(38,18)) AS d, 9223372036854775807 AS i,
              DATE '2026-02-28' AS day, TIMESTAMP '2026-02-28 23:59:59' AS t, $n AS n, $w AS w, $b AS b, $s AS s`,
      { n: null, w: 3, b: true, s: "it's" },
    );
    expect(rows).toEqual([
      {
        d: '-99999999999999999999.123456789012345678',
        i: '9223372036854775807',
        day: '2026-02-28',
        t: '2026-02-28 23:59:59',
        n: null,
        w: '3',
        b: true,
        s: "it's",
      },
    ]);
  });

  test('keeps rows in the order of the file', async () => {
    const input = join(directory, 'rows.csv');
    const lines = Array.from({ length: 200_000 }, (_, i) => `${i}`);
    await writeFile(input, `n\n${lines.join('\n')}\n`);
    const bench = await open([input]);
    const rows = await bench.rows<{ out_of_order: string }>(
      `SELECT count(*) AS out_of_order FROM (SELECT n, row_number() OVER () AS r FROM read_csv($input)) WHERE n <> r - 1`,
      { input },
    );
    expect(rows).toEqual([{ out_of_order: '0' }]);
  });

  test('an interrupt ends the running statement and those that wait, and leaves the workbench usable', async () => {
    const bench = await open([]);
    const running = bench.rows(SLOW);
    const waiting = bench.rows('SELECT 1 AS one');
    const ended = Promise.allSettled([running, waiting]);
    bench.interrupt();
    for (const outcome of await ended) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'AbortError' } });
    }
    expect(await bench.rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('statements started together run one after the other', async () => {
    const bench = await open([]);
    const [, , rows] = await Promise.all([
      bench.run('CREATE TABLE t(n INTEGER)'),
      bench.run('INSERT INTO t SELECT * FROM range(3)'),
      bench.rows('SELECT count(*) AS n FROM t'),
    ]);
    expect(rows).toEqual([{ n: '3' }]);
  });

  test('progress is a share while a statement runs, and unknown when none does', async () => {
    const bench = await open([]);
    expect(bench.progress()).toBeUndefined();
    await bench.run('CREATE TABLE t AS SELECT range AS n FROM range(3000000)');
    const shares = new Set<number | undefined>();
    let running = true;
    const work = bench.rows('SELECT sum(hash(n || n)) AS h FROM t').finally(() => {
      running = false;
    });
    while (running) {
      shares.add(bench.progress());
      await new Promise((resolve) => setImmediate(resolve));
    }
    await work;
    const known = [...shares].filter((share) => share !== undefined);
    expect(known.length).toBeGreaterThan(0);
    for (const share of known) expect(share).toBeGreaterThanOrEqual(0);
    for (const share of known) expect(share).toBeLessThanOrEqual(1);
    expect(bench.progress()).toBeUndefined();
  });

  test('closing ends what runs and leaves no temporary file', async () => {
    const bench = await open([]);
    const running = expect(bench.rows(SLOW)).rejects.toMatchObject({ name: 'AbortError' });
    await bench.close();
    await running;
    await bench.close();
    expect(await readdir(directory)).toEqual([]);
    await expect(bench.rows('SELECT 1')).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('work that memory does not suffice for is said to be that', async () => {
    workbench = await openWorkbench({ inputs: [], outputs: [], temporaryDirectory: directory, memoryLimit: '20MB' });
    await expect(workbench.rows('SELECT len(list(range)) AS n FROM range(20000000)')).rejects.toMatchObject({
      code: 'unavailable',
      detail: expect.stringContaining('memory'),
    });
  });

  test('work larger than the memory limit spills to the temporary directory', async () => {
    workbench = await openWorkbench({ inputs: [], outputs: [], temporaryDirectory: directory, memoryLimit: '60MB' });
    const rows = await workbench.rows<{ n: string }>(
      "SELECT count(*) AS n FROM (SELECT range AS n, hash(range) || repeat('x', 40) AS h FROM range(1500000) ORDER BY h)",
    );
    expect(rows).toEqual([{ n: '1500000' }]);
  });
});
