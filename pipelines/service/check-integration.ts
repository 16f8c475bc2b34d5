import { CloudActError } from '@cloudact/core/errors';
import type { Integration } from '@cloudact/core/metadata';
import type { OrgSlug } from '@cloudact/core/org';
import { hostHash, type OpeningVault } from '@cloudact/core/vault';
import type { FastifyBaseLogger } from 'fastify';
import type { CheckFinding, Connector, ConnectorContext } from '../providers/connector.ts';
import { connectorById } from '../providers/connectors.ts';

/**
 * A check's time in all. The API waits a little longer, and answers before it lets another request with the same
 * Idempotency-Key begin.
 */
const CHECK_MILLISECONDS = 45_000;
/** Of one answer. A check loads nothing, and many may run at once. */
const CHECK_ANSWER_BYTES = 1024 * 1024;

export interface Check {
  org: OrgSlug;
  integration: Pick<Integration, 'id' | 'connector' | 'settings'>;
  vault: Pick<OpeningVault, 'open'>;
  /** How providers are reached. */
  providers: Omit<ConnectorContext, 'signal' | 'onProgress'>;
  log: FastifyBaseLogger;
  /** Default 45,000. */
  milliseconds?: number;
}

/**
 * Opens the secrets of an integration and tries every step that a fetch needs. What a person can mend is a finding, and no
 * finding holds a secret. Throws `vault_unavailable`, and what is a bug.
 */
export async function checkIntegration(check: Check): Promise<readonly CheckFinding[]> {
  const { org, integration, vault, log } = check;
  const connector = connectorById(integration.connector);
  if (connector === undefined) {
    return [failed('settings', `This version has no connector ${integration.connector}. Set up another integration.`)];
  }
  let secrets: Readonly<Record<string, string>>;
  try {
    const host = hostHash(connector.fields, integration.settings);
    secrets = await vault.open({ org, integrationId: integration.id, provider: connector.id, host });
  } catch (error) {
    if (!(error instanceof CloudActError) || error.code !== 'vault_sealed') throw error;
    log.error({ err: error, org, integration: integration.id }, 'the secrets of an integration do not open');
    return [failed('secrets', 'The secrets that are kept cannot be opened any more. Enter them again.')];
  }
  const findings = await tryConnector(connector, { ...integration.settings, ...secrets }, check);
  return findings.map((finding) => withoutSecrets(finding, Object.values(secrets)));
}

async function tryConnector(
  connector: Connector,
  input: Readonly<Record<string, unknown>>,
  { providers, milliseconds = CHECK_MILLISECONDS }: Check,
): Promise<readonly CheckFinding[]> {
  const signal = AbortSignal.timeout(milliseconds);
  try {
    const settings = connector.parse(input);
    return await untilAborted(
      connector.check(settings, { ...providers, signal, maximumAnswerBytes: CHECK_ANSWER_BYTES }),
      signal,
    );
  } catch (error) {
    if (signal.aborted) {
      const seconds = milliseconds / 1000;
      return [
        failed('check', `Not everything was answered within ${seconds} seconds. Check the addresses, and try again.`),
      ];
    }
    if (error instanceof CloudActError && error.code === 'settings_invalid') return [failed('settings', error.detail)];
    throw error;
  }
}

/** Not every SDK lets go at once. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}

function failed(step: string, detail: string): CheckFinding {
  return { step, ok: false, detail };
}

/** Connectors tell none; but providers may repeat what they were sent, and this goes to pages. */
function withoutSecrets({ step, ok, detail }: CheckFinding, secrets: readonly string[]): CheckFinding {
  const told = secrets.filter((secret) => secret !== '').reduce((text, secret) => text.replaceAll(secret, '…'), detail);
  return { step, ok, detail: told };
}
