import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { CloudActError } from '@cloudact/core/errors';
import type { Integration } from '@cloudact/core/metadata';
import type { OrgSlug } from '@cloudact/core/org';
import { hostHash, type SealedField } from '@cloudact/core/vault';
import { withinPlan } from '../../billing/within-plan.ts';
import type { BackendDependencies } from '../../dependencies.ts';
import type { CheckFinding, ConnectorDescription } from '../../pipeline-service/port.ts';
import { checkValues } from './values.ts';

type Texts = Readonly<Record<string, string>>;

export interface IntegrationWithSecrets {
  integration: Integration;
  /** By the name of every field for a secret; null: not filled in. */
  secrets: Readonly<Record<string, SealedField | null>>;
}

/**
 * What an organisation has connected. Secrets are sealed and never read here; everything else is in Supabase. The row comes
 * first and the credentials second, or the other way round when both go: cut off between, there is a draft that the same
 * request, or another check, mends. An id that is not there is `not_found`, in the same words for everybody's.
 */
export interface IntegrationService {
  list(org: OrgSlug): Promise<readonly Integration[]>;
  find(org: OrgSlug, id: string): Promise<IntegrationWithSecrets>;
  /** Throws `request_invalid` for values that do not fit the connector, `plan_limit_reached`, `conflict`. */
  create(
    org: OrgSlug,
    input: { id: string | undefined; connector: string; name: string; values: Texts },
  ): Promise<IntegrationWithSecrets>;
  /**
   * New values make it a draft until they are checked. Throws `request_invalid`, and `conflict` also when somebody else
   * changed it at the same time.
   */
  change(
    org: OrgSlug,
    id: string,
    changes: { name?: string; values?: Texts; state?: 'active' | 'paused' },
  ): Promise<IntegrationWithSecrets>;
  remove(org: OrgSlug, id: string): Promise<void>;
  check(org: OrgSlug, id: string): Promise<{ integration: Integration; findings: readonly CheckFinding[] }>;
}

export function openIntegrationService(
  deps: Pick<BackendDependencies, 'metadata' | 'vault' | 'billing' | 'pipelines' | 'now'>,
): IntegrationService {
  const { metadata, vault, billing, pipelines, now } = deps;
  const recordsOf = (org: OrgSlug) => metadata.forOrg(org).integrations;

  async function require(org: OrgSlug, id: string): Promise<Integration> {
    const integration = await recordsOf(org).find(id);
    if (integration !== undefined) return integration;
    throw new CloudActError('not_found', {
      detail: 'There is no integration with this id. GET /v1/integrations lists those that there are.',
    });
  }

  async function withSecrets(org: OrgSlug, integration: Integration): Promise<IntegrationWithSecrets> {
    const sealed = await vault.describe(org, integration.id);
    // What is kept can be shown without the connector.
    const connectors = await pipelines.connectors().catch(() => []);
    const fields = connectors.find(({ id }) => id === integration.connector)?.fields ?? [];
    const names = fields.filter(({ kind }) => kind === 'secret').map(({ name }) => name);
    const secrets = new Map<string, SealedField | null>(names.map((name) => [name, null]));
    for (const field of sealed) secrets.set(field.field, field);
    return { integration, secrets: Object.fromEntries(secrets) };
  }

  async function connectorOf(id: string): Promise<ConnectorDescription> {
    const connectors = await pipelines.connectors();
    const connector = connectors.find((each) => each.id === id);
    if (connector) return connector;
    throw new CloudActError('request_invalid', {
      detail: `There is no such connector. Use one of ${connectors.map((each) => each.id).join(', ')}.`,
      faults: [{ column: 'connector', reason: 'is no connector' }],
    });
  }

  return {
    list: (org) => recordsOf(org).list(),

    find: async (org, id) => withSecrets(org, await require(org, id)),

    async create(org, { id: ownId, connector: connectorId, name, values }) {
      const connector = await connectorOf(connectorId);
      const id = ownId ?? `${connectorId}-${randomUUID().slice(0, 8)}`;
      const existing = ownId === undefined ? undefined : await recordsOf(org).find(id);
      const kept = { settings: {}, sealed: [], generated: generatedValue(org) };
      const { settings, secrets } = checkValues(connector, values, kept);
      if (existing !== undefined && !(await isCutOff(org, existing, { connector: connectorId, name, settings }))) {
        throw new CloudActError('conflict', {
          detail: 'There is an integration with this id. Choose another id, or change that one.',
          faults: [{ column: 'id', reason: 'is taken' }],
        });
      }
      const integration =
        existing ??
        (await withinPlan(billing, org, 'integrations', (most) =>
          recordsOf(org).create({ id, connector: connectorId, name, settings, most }),
        ));
      const host = hostHash(connector.fields, settings);
      await vault.seal({ org, integrationId: id, provider: connectorId, host }, secrets ?? {});
      return withSecrets(org, integration);
    },

    async change(org, id, { name, values, state }) {
      const before = await require(org, id);
      if (values !== undefined && state !== undefined) {
        throw new CloudActError('request_invalid', {
          detail:
            'New values make the integration a draft until they are checked. Change its state by another request.',
          faults: [{ column: 'state', reason: 'cannot change together with values' }],
        });
      }
      if (state !== undefined) requireStateChange(before, state);
      const checked = values && (await checkedChange(org, before, values));
      const changes = {
        ...(name !== undefined && { name }),
        ...(state !== undefined && { state }),
        ...(checked && { settings: checked.settings, ...UNCHECKED }),
      };
      const changed = await recordsOf(org).update(id, changes, before);
      // They open for the server before alone: cut off in between, nothing sends them to the new one.
      if (checked?.movesHost) await vault.forget(org, id);
      return withSecrets(org, checked?.secrets ? await sealAnew(org, changed, checked) : changed);
    },

    async remove(org, id) {
      await require(org, id);
      await vault.forget(org, id);
      await recordsOf(org).remove(id);
    },

    async check(org, id) {
      const before = await require(org, id);
      const findings = await pipelines.check(org, id);
      const problem = problemOf(findings);
      const found: Partial<Integration> = {
        problem,
        checkedAt: now().toISOString(),
        // Nobody but the people who paused it takes it up again.
        ...(before.state !== 'paused' && { state: problem === null ? 'active' : 'broken' }),
      };
      const integration = await recordsOf(org)
        .update(id, found, before)
        .catch((error: unknown) => {
          // What was changed meanwhile is not what was checked.
          if (isRefusal(error, 'conflict')) return require(org, id);
          throw error;
        });
      return { integration, findings };
    },
  };

  async function checkedChange(org: OrgSlug, { id, connector, settings }: Integration, values: Texts) {
    const sealed = (await vault.describe(org, id)).map(({ field }) => field);
    const description = await connectorOf(connector);
    const kept = { settings: textsOf(settings), sealed, generated: generatedValue(org) };
    const checked = checkValues(description, values, kept);
    return { ...checked, host: hostHash(description.fields, checked.settings) };
  }

  /**
   * Writes the row once more, so that a check that ran meanwhile, with the old secrets or the new, does not count. Where
   * somebody else's settings stand by then, or nothing, the secrets go: they were not meant for these.
   */
  async function sealAnew(
    org: OrgSlug,
    { id, connector, settings }: Integration,
    { secrets, host }: { secrets: Texts | null; host: string | null },
  ): Promise<Integration> {
    await vault.seal({ org, integrationId: id, provider: connector, host }, secrets ?? {});
    try {
      const current = await require(org, id);
      if (!isDeepStrictEqual(current.settings, settings)) {
        throw new CloudActError('conflict', {
          detail: 'Somebody else changed the values at the same time. Read the integration again, and try again.',
        });
      }
      return await recordsOf(org).update(id, UNCHECKED, current);
    } catch (error) {
      if (isRefusal(error, 'not_found') || isRefusal(error, 'conflict')) await vault.forget(org, id);
      throw error;
    }
  }

  /** Whether it is what the same request left when it was cut off before the credentials were sealed. */
  async function isCutOff(
    org: OrgSlug,
    existing: Integration,
    wanted: Pick<Integration, 'connector' | 'name' | 'settings'>,
  ): Promise<boolean> {
    const { id, state, connector, name, settings } = existing;
    if (state !== 'draft' || !isDeepStrictEqual({ connector, name, settings }, wanted)) return false;
    return (await vault.describe(org, id)).length === 0;
  }
}

/**
 * What fields that we make hold, such as the external ID in the trust policy of an AWS role: no secret, known before
 * anything else is filled in, and the same for nobody else, so that nobody else can point us at the organisation's role.
 */
export function generatedValue(org: OrgSlug): string {
  return `cloudact-${org}`;
}

function textsOf(settings: Integration['settings']): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
}

/** Paused and taken up again; one that no check has passed becomes active by a check alone. */
function requireStateChange({ state, problem }: Integration, to: 'active' | 'paused'): void {
  if (state === to || (state === 'paused' && problem === null) || (to === 'paused' && state === 'active')) return;
  const found = state === 'paused' ? 'paused, and its last check found a problem' : state;
  throw new CloudActError('conflict', {
    detail: `The integration is ${found}. Check it (POST …/check) until everything is found to be well.`,
    faults: [{ column: 'state', reason: `cannot become ${to}` }],
  });
}

/** Null when all is well. */
function problemOf(findings: readonly CheckFinding[]): string | null {
  if (findings.length === 0) return 'The check tried nothing.';
  return findings.find(({ ok }) => !ok)?.detail.slice(0, LONGEST_PROBLEM) ?? null;
}

const LONGEST_PROBLEM = 2000;

/** What an integration becomes by new values. */
const UNCHECKED = { state: 'draft', problem: null, checkedAt: null } as const;

function isRefusal(error: unknown, code: 'not_found' | 'conflict'): boolean {
  return error instanceof CloudActError && error.code === code;
}
