import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench, type Workbench } from '@cloudact/core/warehouse/duckdb';
import { landFiles } from '../../landing/index.ts';
import { attributionFormat } from './index.ts';

/** The attribution that files hold, without trailing zeros, in order; `skipUnreadable` leaves faulty rows out. */
export async function attributionOf(
  files: Readonly<Record<string, string | Buffer>>,
  {
    skipUnreadable = false,
    make,
  }: { skipUnreadable?: boolean; make?: (folder: string, workbench: Workbench) => Promise<string[]> } = {},
): Promise<Record<string, string | null>[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cloudact-attribution-'));
  const paths = Object.keys(files).map((name) => join(folder, name));
  for (const [index, content] of Object.values(files).entries()) await writeFile(paths[index]!, content);
  const workbench = await openWorkbench({ inputs: [join(folder, 'x')], outputs: [join(folder, 'y')] });
  try {
    const made = make ? await make(folder, workbench) : [];
    const { table } = await landFiles(workbench, attributionFormat, [...paths, ...made], { skipUnreadable });
    const rows = await workbench.rows<Record<string, string | null>>(
      `SELECT * FROM (${attributionFormat.select(table)}) ORDER BY charge_date, provider, model, api_key_id, meter, tags`,
    );
    return rows.map(({ quantity, ...row }) => ({ ...row, quantity: quantity!.replace(/\.?0+$/, '') }));
  } finally {
    await workbench.close();
    await rm(folder, { recursive: true });
  }
}
