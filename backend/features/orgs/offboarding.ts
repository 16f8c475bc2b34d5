import type { Offboarding, OffboardingStep } from '@cloudact/core/metadata';
import type { OrgSlug } from '@cloudact/core/org';
import { datasetTables, defineQuery } from '@cloudact/core/warehouse';
import type { BackendDependencies } from '../../dependencies.ts';
import type { Certificate } from './certificate.ts';
import { countControlRecords, deleteControlRecords } from './control-records.ts';
import { type ExportSummary, exportOrganisation } from './export.ts';
import type { FinishedStep } from './onboarding.ts';
import type { LifecycleStores } from './stores.ts';
import type { Turns } from './turns.ts';

export interface OffboardingRequest {
  readonly org: OrgSlug;
  /** Null for the operator. */
  readonly requestedBy: string | null;
  /** Holds as it was first asked for. */
  readonly withExport: boolean;
}

/**
 * Deletes an organisation for good: nobody gets in any more, keys and tokens are revoked, what is paid for ends, data is
 * exported where that was asked for, the dataset is dropped, data keys and credentials are destroyed, and the slug is
 * retired with a certificate of it all. Each step is recorded once it is done, and the same request again goes on with
 * the first that is not; of an organisation that is gone it returns the certificate.
 *
 * Throws `not_found`, and `storage_full` when the export does not fit: then the data is still there.
 */
export async function offboard(
  stores: LifecycleStores,
  turns: Turns,
  { org, requestedBy, withExport }: OffboardingRequest,
  onStep: (step: FinishedStep<OffboardingStep>) => void,
): Promise<Certificate> {
  const { metadata, warehouse, vault, billing, identity } = stores;
  return turns.inTurn(org, async () => {
    const kept = await metadata.offboarding.certificate(org);
    if (kept !== undefined) return kept as Certificate;

    // Keys know nothing of an organisation's state, so they end before it is leaving: whoever stops here leaves one that is
    // there as before, without its keys. From `begin` on no member and no widget token gets in either.
    await identity.apiKeys.revokeAll(org);
    let state = await metadata.offboarding.begin({ org, requestedBy, withExport });
    const once = async (step: OffboardingStep, work: () => Promise<Offboarding['counts']>) => {
      if (state.done[step] === null) state = await metadata.offboarding.stamp(org, step, await work());
      onStep({ step, at: state.done[step]! });
    };

    await once('keys_revoked', async () => {
      // Other processes have it from `begin`, and know it within 30 seconds.
      await identity.revocations.revoke({ org, kind: 'org', value: '' });
      // And those that were issued meanwhile.
      await identity.apiKeys.revokeAll(org);
      const members = (await metadata.forOrg(org).members.list()).length;
      return { members, ...(await countControlRecords(warehouse.control, org)) };
    });
    await once('billing_ended', async () => {
      await billing.end(org);
      return {};
    });
    await once('exported', async () => ({
      charges: await countCharges(warehouse, org),
      ...(state.withExport && countsOf(await exportOrganisation(stores, org, state.startedAt))),
    }));
    await once('dataset_dropped', async () => {
      await warehouse.dropDataset(org);
      return {};
    });
    await once('data_keys_destroyed', async () => {
      await vault.destroy(org);
      return {};
    });
    // Last, so that what was issued between two of these steps goes too: it was of no use to anybody.
    await identity.apiKeys.revokeAll(org);
    await deleteControlRecords(warehouse.control, org);
    return (await metadata.offboarding.finish(org, certificateOf(state, stores.now()))) as Certificate;
  });
}

function countsOf({ folder, manifestSha256, files, bytes }: ExportSummary) {
  return {
    export_folder: folder,
    export_manifest_sha256: manifestSha256,
    export_files: files,
    export_bytes: bytes,
  };
}

function certificateOf({ org, startedAt, withExport, done, counts }: Offboarding, now: Date): Certificate {
  const count = (name: string) => Number(counts[name] ?? 0);
  return {
    org,
    issued_at: now.toISOString(),
    steps: {
      begun_at: startedAt,
      keys_revoked_at: done.keys_revoked!,
      billing_ended_at: done.billing_ended!,
      exported_at: withExport ? done.exported : null,
      dataset_dropped_at: done.dataset_dropped!,
      data_keys_destroyed_at: done.data_keys_destroyed!,
    },
    deleted: {
      members: count('members'),
      charges: count('charges'),
      api_keys: count('api_keys'),
      data_keys: count('data_keys'),
      credentials: count('credentials'),
      pipeline_runs: count('pipeline_runs'),
    },
    export: withExport
      ? {
          folder: String(counts.export_folder),
          manifest_sha256: String(counts.export_manifest_sha256),
          files: count('export_files'),
          bytes: count('export_bytes'),
        }
      : null,
  };
}

async function countCharges(warehouse: BackendDependencies['warehouse'], org: OrgSlug): Promise<number> {
  if (!(await warehouse.hasDataset(org))) return 0;
  const [row] = await warehouse.forOrg(org).rows(chargesQuery, {});
  return Number(row!.charges);
}

const chargesQuery = defineQuery<Record<string, never>, { charges: string | number }>({
  name: 'count_charges',
  params: {},
  sql: (dialect) =>
    `SELECT COUNT(*) AS charges FROM ${datasetTables.cost} WHERE org_slug = ${dialect.param('org_slug')}`,
});
