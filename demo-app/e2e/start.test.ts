import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts, startProduct, startRefused, temporaryDirectory } from './start-product.ts';

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(() => directory.remove());

const listening = (port: number) =>
  fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(1000) }).then(
    () => true,
    () => false,
  );

describe('npm start', () => {
  it('stops all of it on Ctrl-C or when it is killed, and starts again with its data', async () => {
    const first = await startProduct({ dataDirectory: directory.path });
    expect(first.output()).toContain('Demo bills, thirteen months');
    expect(first.output()).toContain(`http://localhost:${first.web}`);
    await first.interrupt();
    expect(first.output()).toMatch(/Stopped\.\s*$/);
    for (const port of [first.web, first.api, first.pipelines]) expect(await listening(port)).toBe(false);

    const second = await startProduct({ dataDirectory: directory.path });
    expect(second.output()).not.toContain('Demo bills');
    await second.kill();
    const gone = () => Promise.all([second.web, second.api, second.pipelines].map(listening));
    await expect.poll(gone, { timeout: 10_000 }).toEqual([false, false, false]);

    const third = await startProduct({ dataDirectory: directory.path });
    await third.interrupt();
  });

  it('says which port is taken, in one line', async () => {
    const ports = await freePorts();
    const other = createServer().listen(ports.api, '127.0.0.1');
    const { code, output } = await startRefused({ dataDirectory: directory.path, ports });
    other.close();
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`port_taken.*${ports.api}.*CLOUDACT_API_PORT`));
    expect(output).not.toMatch(/^\s+at /m);
  });

  it('says which file is damaged, in one line', async () => {
    const damaged = await temporaryDirectory();
    await mkdir(join(damaged.path, 'warehouse'), { recursive: true });
    await writeFile(join(damaged.path, 'warehouse', 'control.duckdb'), 'not a database');
    const { code, output } = await startRefused({ dataDirectory: damaged.path });
    expect(code).toBe(1);
    expect(output).toMatch(/dataset_damaged.*control\.duckdb/);
    expect(await readdir(join(damaged.path, 'warehouse'))).toContain('control.duckdb');
    await damaged.remove();
  });

  it('says that the data folder cannot be used, in one line', async () => {
    const file = join(directory.path, 'a-file');
    await writeFile(file, '');
    const { code, output } = await startRefused({ dataDirectory: join(file, 'data') });
    expect(code).toBe(1);
    expect(output).toMatch(/configuration_invalid.*CLOUDACT_DATA_DIR/);
  });
});
