import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import type { OrgSlug } from '@cloudact/core/org';

const inUse = new Set<string>();

/**
 * Gives a connection an empty folder of its own while `work` runs, and removes it with all that is in it; also what a
 * killed process left there. Its name begins with a dot, which no request can name. Throws `conflict` when the
 * connection has it already: only one process owns a warehouse, so no other can have it.
 */
export async function withWorkFolder<T>(
  { workFolder, org, integrationId }: { workFolder: string; org: OrgSlug; integrationId: string },
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const own = createHash('sha256')
    .update(JSON.stringify([org, integrationId]))
    .digest('hex')
    .slice(0, 32);
  const folder = join(resolve(workFolder), `.sync-${own}`);
  if (inUse.has(folder)) {
    throw new CloudActError('conflict', {
      detail: `The connection ${integrationId} is being synchronised already. Wait until that has ended.`,
    });
  }
  inUse.add(folder);
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await work(folder);
  } finally {
    inUse.delete(folder);
    await rm(folder, { recursive: true, force: true });
  }
}
