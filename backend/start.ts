import { originList, pepperRing, signingKeys } from '@cloudact/core/config';
import { CloudActError } from '@cloudact/core/errors';
import {
  openApiKeys,
  openRootKey,
  openServiceTokens,
  openTokenRevocations,
  openUserTokens,
  openWidgetTokens,
} from '@cloudact/core/identity';
import { type Metadata, supabaseMetadata } from '@cloudact/core/metadata';
import { cloudKms, type KeyWrapper, openLocalKeyring, openSealingVault } from '@cloudact/core/vault';
import type { Warehouse } from '@cloudact/core/warehouse';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { openBilling } from './billing/billing.ts';
import { readPlans, selfHosted } from './billing/plans.ts';
import type { Billing } from './billing/port.ts';
import { type BackendConfig, describeBackendConfig } from './config.ts';
import type { BackendDependencies } from './dependencies.ts';
import type { Mailer } from './mail/port.ts';
import { smtpMailer } from './mail/smtp.ts';
import manifest from './package.json' with { type: 'json' };
import { pipelineServiceClient } from './pipeline-service/client.ts';
import { type Backend, startBackend } from './server.ts';

/**
 * Opens what the configuration names and starts the API over it. Stopping it closes the stores too.
 * Throws what its stores throw, and `configuration_invalid` for what only they can tell.
 */
export async function startFromConfig(config: BackendConfig): Promise<Pick<Backend, 'url' | 'stop'>> {
  const warehouse = await openWarehouse(config);
  try {
    const deps = await openDependencies(config, warehouse);
    const backend = await startBackend({ ...deps, port: config.CLOUDACT_API_PORT, host: config.CLOUDACT_HOST });
    backend.app.log.info({ url: backend.url, configuration: describeBackendConfig(config) }, 'started');
    return {
      url: backend.url,
      async stop() {
        await backend.stop();
        await warehouse.close();
      },
    };
  } catch (error) {
    await warehouse.close();
    throw error;
  }
}

async function openWarehouse({ CLOUDACT_WAREHOUSE, CLOUDACT_WAREHOUSE_DIR }: BackendConfig): Promise<Warehouse> {
  if (CLOUDACT_WAREHOUSE === 'duckdb') return openDuckDBWarehouse({ directory: CLOUDACT_WAREHOUSE_DIR! });
  throw new CloudActError('configuration_invalid', {
    detail: 'CLOUDACT_WAREHOUSE is bigquery, which this version cannot open yet. Use duckdb.',
  });
}

async function openDependencies(config: BackendConfig, warehouse: Warehouse): Promise<BackendDependencies> {
  const now = () => new Date();
  const { control } = warehouse;
  const metadata = supabaseMetadata({ url: config.SUPABASE_URL, serviceRoleKey: config.SUPABASE_SERVICE_ROLE_KEY });
  const issuer = config.CLOUDACT_API_ORIGIN;
  const services = await openServiceTokens({ issuer, keys: signingKeys(config.CLOUDACT_SERVICE_SIGNING_KEYS), now });
  return {
    warehouse,
    metadata,
    identity: {
      apiKeys: openApiKeys({ control, peppers: pepperRing(config.CLOUDACT_API_KEY_PEPPERS), now }),
      rootKey: openRootKey(config.CA_ROOT_API_KEY),
      users: openUserTokens({ issuer: `${config.SUPABASE_URL}/auth/v1`, keys: sessionKeys(config), now }),
      widgetTokens: await openWidgetTokens({ issuer, keys: signingKeys(config.CLOUDACT_WIDGET_SIGNING_KEYS), now }),
      services,
      revocations: openTokenRevocations({ metadata, now }),
    },
    vault: openSealingVault({
      control,
      wrapper: await openWrapper(config),
      authenticationKey: config.CLOUDACT_VAULT_AUTHENTICATION_KEY,
      now,
    }),
    billing: await openConfiguredBilling(config, metadata, now),
    mailer: openMailer(config),
    pipelines: pipelineServiceClient({
      origin: config.CLOUDACT_PIPELINES_ORIGIN,
      token: (org) => services.mint({ service: 'api', audience: 'pipelines', org }),
    }),
    idempotencySecret: config.CLOUDACT_IDEMPOTENCY_SECRET,
    appOrigin: config.CLOUDACT_APP_ORIGIN,
    exportDirectory: config.CLOUDACT_EXPORT_DIR,
    logger: { level: config.CLOUDACT_LOG_LEVEL },
    now,
    allowedOrigins: originList(config.CLOUDACT_ALLOWED_ORIGINS),
    version: manifest.version,
    limits: {
      requestsPerMinute: config.CLOUDACT_REQUESTS_PER_MINUTE,
      principalRequestsPerMinute: config.CLOUDACT_PRINCIPAL_REQUESTS_PER_MINUTE,
      organisationRequestsPerMinute: config.CLOUDACT_ORGANISATION_REQUESTS_PER_MINUTE,
      adminRequestsPerMinute: config.CLOUDACT_ADMIN_REQUESTS_PER_MINUTE,
      answerCacheBytes: config.CLOUDACT_ANSWER_CACHE_BYTES,
      questionMilliseconds: config.CLOUDACT_QUESTION_MILLISECONDS,
    },
    trustedProxies: config.CLOUDACT_TRUSTED_PROXIES,
  };
}

function sessionKeys({ SUPABASE_JWT_SECRET, SUPABASE_URL }: BackendConfig) {
  return SUPABASE_JWT_SECRET === undefined
    ? { jwksUrl: `${SUPABASE_URL}/auth/v1/.well-known/jwks.json` }
    : { sharedSecret: SUPABASE_JWT_SECRET };
}

async function openWrapper({ CLOUDACT_VAULT_KMS_KEY, CLOUDACT_VAULT_KEY_FILE }: BackendConfig): Promise<KeyWrapper> {
  return CLOUDACT_VAULT_KMS_KEY === undefined
    ? openLocalKeyring(CLOUDACT_VAULT_KEY_FILE!)
    : cloudKms({ keyName: CLOUDACT_VAULT_KMS_KEY });
}

async function openConfiguredBilling(config: BackendConfig, metadata: Metadata, now: () => Date): Promise<Billing> {
  const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, CLOUDACT_PLANS_FILE } = config;
  if (STRIPE_SECRET_KEY === undefined) return openBilling({ metadata, plans: selfHosted, stripe: null, now });
  const stripe = { secretKey: STRIPE_SECRET_KEY, webhookSecret: STRIPE_WEBHOOK_SECRET! };
  return openBilling({ metadata, plans: await readPlans(CLOUDACT_PLANS_FILE!), stripe, now });
}

function openMailer({ SMTP_HOST, SMTP_PORT, SMTP_SECURE, SMTP_USER, SMTP_PASSWORD, SMTP_FROM }: BackendConfig): Mailer {
  if (SMTP_HOST === undefined) return noMailer;
  return smtpMailer({
    host: SMTP_HOST,
    port: SMTP_PORT,
    secure: SMTP_SECURE,
    user: SMTP_USER,
    password: SMTP_PASSWORD,
    from: SMTP_FROM!,
  });
}

/** For a machine of one's own; `stage` and `prod` do not start without a mail server. */
const noMailer: Mailer = {
  async send() {
    throw new CloudActError('unavailable', { detail: 'There is no mail server. Set SMTP_HOST and SMTP_FROM.' });
  },
};
