import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CloudActError } from '@cloudact/core/errors';
import type { Metadata, OrgMetadata } from '@cloudact/core/metadata';
import type { OrgSlug } from '@cloudact/core/org';
import type { BackendDependencies } from '../../dependencies.ts';

export interface ExportSummary {
  /** `<slug>/<time>` under the directory of exports. */
  readonly folder: string;
  /** SHA-256 of `manifest.json`, which has those of all files; hexadecimal. */
  readonly manifestSha256: string;
  readonly files: number;
  /** Of all files but the manifest. */
  readonly bytes: number;
}

interface Manifest {
  readonly org: OrgSlug;
  readonly exported_at: string;
  readonly files: readonly ManifestEntry[];
}

interface ManifestEntry {
  readonly path: string;
  /** Absent for what is no table. */
  readonly rows?: number;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * Writes all that an organisation has into `<exportDirectory>/<slug>/<time>`: its tables as Parquet, `metadata.json`
 * without any secret, and `manifest.json`. The folder appears once it is complete and on the disk; asked again for the
 * same time, it is the one that is there. Throws `storage_full`.
 */
export async function exportOrganisation(stores: ExportStores, org: OrgSlug, time: string): Promise<ExportSummary> {
  try {
    return await write(stores, org, time);
  } catch (cause) {
    if (!NO_SPACE.has((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
    throw new CloudActError('storage_full', {
      detail:
        'The export does not fit into the directory of exports. Free some space and send the request again; nothing of the data was deleted yet.',
      cause,
    });
  }
}

type ExportStores = Pick<BackendDependencies, 'warehouse' | 'metadata' | 'exportDirectory'>;
const NO_SPACE = new Set(['ENOSPC', 'EDQUOT']);

async function write(
  { warehouse, metadata, exportDirectory }: ExportStores,
  org: OrgSlug,
  time: string,
): Promise<ExportSummary> {
  const name = time.replace(/[-:]|\.\d+/g, '');
  const folder = join(exportDirectory, org, name);
  const summary = async () => summarise(await readFile(join(folder, MANIFEST)), `${org}/${name}`);
  if (await isThere(folder)) return summary();

  const unfinished = join(exportDirectory, org, `.${name}.unfinished`);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(join(unfinished, TABLES), { recursive: true, mode: 0o700 });

  const files: ManifestEntry[] = [];
  if (await warehouse.hasDataset(org)) {
    for (const { file, rows } of await warehouse.forOrg(org).exportTables(join(unfinished, TABLES))) {
      files.push(await entryOf(unfinished, `${TABLES}/${file}`, rows));
    }
  }
  await writeJson(join(unfinished, METADATA), await metadataOf(metadata, org));
  files.push(await entryOf(unfinished, METADATA));
  await writeJson(join(unfinished, MANIFEST), { org, exported_at: time, files } satisfies Manifest);

  // The dataset is dropped next: from here on these files are all that there is.
  for (const path of [...files.map(({ path }) => path), MANIFEST, TABLES, '.']) await flush(join(unfinished, path));
  await rename(unfinished, folder);
  await flush(join(exportDirectory, org));
  return summary();
}

const TABLES = 'tables';
const METADATA = 'metadata.json';
const MANIFEST = 'manifest.json';

function summarise(manifest: Buffer, folder: string): ExportSummary {
  const { files } = JSON.parse(manifest.toString('utf8')) as Manifest;
  return {
    folder,
    manifestSha256: createHash('sha256').update(manifest).digest('hex'),
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

async function metadataOf(metadata: Metadata, org: OrgSlug) {
  const records: OrgMetadata = metadata.forOrg(org);
  const [organisation, members, invitations, integrations, billing, others] = await Promise.all([
    metadata.findOrganisation(org),
    records.members.list(),
    records.invitations.list(),
    records.integrations.list(),
    records.billing.find(),
    records.exportRecords(),
  ]);
  return { organisation, members, invitations, integrations, billing: billing ?? null, ...others };
}

async function entryOf(root: string, path: string, rows?: number): Promise<ManifestEntry> {
  const file = join(root, path);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { path, ...(rows !== undefined && { rows }), bytes: (await stat(file)).size, sha256: hash.digest('hex') };
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
