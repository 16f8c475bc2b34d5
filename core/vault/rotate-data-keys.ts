import { CloudActError } from '../errors.ts';
import { statement } from '../identity/api-key-queries.ts';
import type { OrgSlug } from '../org.ts';
import { authenticDataKey, type DataKey, keyInForce, makeDataKey, readDataKeys, withPrivateKey } from './data-keys.ts';
import type { RotationOptions, RotationReport } from './port.ts';
import {
  allDataKeys,
  type CredentialRow,
  credentialsOfOrg,
  dataKeysOfOrg,
  deleteUnusedDataKey,
  resealCredential,
  retireDataKey,
  succeedDataKey,
} from './queries.ts';
import { type RotationTools, Unopened } from './rotation.ts';
import { notOpened, openText, sealText } from './sealed-text.ts';

/**
 * See `OpeningVault.rotateDataKeys`. All successors come into force in one transaction; a retired key that is still
 * there says that its credentials are not all sealed anew yet, and the next call does that first, instead of retiring more.
 */
export async function rotateDataKeys(
  tools: RotationTools,
  { org, onProgress, signal }: RotationOptions & { org?: OrgSlug } = {},
): Promise<RotationReport> {
  const unopened = new Unopened();
  const keys = await keysOf(tools, org, unopened);
  const dataKeys = keys.some(({ retired }) => retired) ? 0 : await begin(tools, keys, signal);
  const orgs = [...new Set(keys.map((key) => key.org))];
  let credentials = 0;
  for (const [done, one] of orgs.entries()) {
    onProgress?.(done, orgs.length);
    await unopened.note(async () => {
      credentials += await finish(tools, one, { unopened, ...(signal && { signal }) });
    });
  }
  onProgress?.(orgs.length, orgs.length);
  unopened.throwIfAny();
  return { dataKeys, credentials };
}

/** Where one was planted or damaged, that is noted, and its organisation stays as it is. */
async function keysOf(
  { control, seal }: RotationTools,
  org: OrgSlug | undefined,
  unopened: Unopened,
): Promise<DataKey[]> {
  const rows = org === undefined ? await control.rows(allDataKeys, {}) : await control.rows(dataKeysOfOrg, { org });
  if (org !== undefined && rows.length === 0) {
    throw new CloudActError('not_found', { detail: `There is no data key of ${org}. Check the organisation's slug.` });
  }
  const keys: DataKey[] = [];
  const orgs = new Set(rows.map((row) => row.org_slug));
  for (const orgSlug of orgs) {
    await unopened.note(async () => {
      const own = rows.filter((row) => row.org_slug === orgSlug);
      keys.push(...own.map((row) => authenticDataKey(row, seal)));
    });
  }
  return keys;
}

/** Retires every key for a successor, in one transaction. Returns how many successors there are. */
async function begin(tools: RotationTools, keys: readonly DataKey[], signal?: AbortSignal): Promise<number> {
  const statements = [];
  for (const key of keys) {
    signal?.throwIfAborted();
    const successor = await makeDataKey(key.org, [key], tools);
    statements.push(
      statement(succeedDataKey, { ...successor, predecessor: key.id }),
      statement(retireDataKey, { org: key.org, id: key.id, retired_at: tools.now().toISOString() }),
    );
  }
  if (statements.length === 0) return 0;
  try {
    const changed = await tools.control.write(statements);
    return changed.filter((count, index) => index % 2 === 0 && count === 1).length;
  } catch (error) {
    if (error instanceof CloudActError && error.code === 'conflict') {
      // Another process has begun; what it began can be finished by both.
      return 0;
    }
    throw error;
  }
}

/** Seals anew what retired keys sealed, and deletes them. Returns how many credentials that were. */
async function finish(
  tools: RotationTools,
  org: OrgSlug,
  { unopened, signal }: { unopened: Unopened; signal?: AbortSignal },
): Promise<number> {
  const { control, seal } = tools;
  const keys = await readDataKeys(control, seal, org);
  const successor = keyInForce(keys);
  // Destroyed meanwhile.
  if (successor === undefined) return 0;
  let count = 0;
  const rows = await control.rows(credentialsOfOrg, { org });
  for (const key of keys.filter(({ retired }) => retired)) {
    signal?.throwIfAborted();
    const own = rows.filter((row) => row.data_key_id === key.id);
    const moveAll = () =>
      withPrivateKey(key, tools.unwrapper, async (privateKey) => {
        for (const row of own) {
          signal?.throwIfAborted();
          await unopened.note(async () => {
            if (await move(tools, { org, row, privateKey, successor })) count++;
          });
        }
      });
    if (own.length > 0) await unopened.note(moveAll);
    // Only if nothing needs it any more. What is sealed from its retirement on is sealed with the successor.
    await control.write([statement(deleteUnusedDataKey, { org, id: key.id })]);
  }
  for (const row of rows) {
    if (keys.some((key) => key.id === row.data_key_id)) continue;
    await unopened.note(() => Promise.reject(notOpened(placeOf(org, row))));
  }
  return count;
}

async function move(
  { control }: RotationTools,
  { org, row, privateKey, successor }: { org: OrgSlug; row: CredentialRow; privateKey: Uint8Array; successor: DataKey },
): Promise<boolean> {
  const place = placeOf(org, row);
  const value = await openText(privateKey, place, row.sealed);
  // Nothing is changed when it was entered anew, or deleted, meanwhile.
  const [changed] = await control.write([
    statement(resealCredential, {
      org,
      integration_id: row.integration_id,
      field: row.field,
      before: row.sealed,
      data_key_id: successor.id,
      sealed: await sealText(successor.publicKey, place, value),
    }),
  ]);
  return changed === 1;
}

function placeOf(org: OrgSlug, row: CredentialRow) {
  return { org, integrationId: row.integration_id, provider: row.provider, host: row.host_hash, field: row.field };
}
