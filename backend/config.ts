import {
  type ConfigFault,
  commonFaults,
  describeConfig,
  type Environment,
  readServiceConfig,
  secret,
  serviceVariables,
} from '@cloudact/core/config';
import { type Static, Type } from 'typebox';
import { defaultLimits } from './dependencies.ts';

const text = (description: string) => Type.Optional(Type.String({ description }));
const count = (standard: number, description: string) => Type.Integer({ minimum: 1, default: standard, description });

/** Everything that the API reads from its environment. `.env.example` is written from it. */
export const backendVariables = Type.Object({
  ...serviceVariables,
  CLOUDACT_API_PORT: Type.Integer({ minimum: 0, maximum: 65535, default: 8000, description: 'Port of the API.' }),
  CLOUDACT_APP_ORIGIN: Type.String({
    description: 'Origin of the pages that mails and payments lead back to, for example https://app.example.com.',
  }),
  CLOUDACT_PIPELINES_ORIGIN: Type.String({ description: 'Origin of the pipeline service.' }),
  CLOUDACT_ALLOWED_ORIGINS: Type.String({
    default: '',
    description:
      'Origins whose pages may call the API from a browser, besides those that organisations allow; commas between.',
  }),
  CLOUDACT_EXPORT_DIR: Type.String({ description: 'Folder for the exports of organisations that leave.' }),
  CA_ROOT_API_KEY: secret('The operator’s key, for /v1/admin and nothing else.'),
  CLOUDACT_WIDGET_SIGNING_KEYS: secret(
    'Private keys that sign widget tokens, written like CLOUDACT_SERVICE_SIGNING_KEYS.',
  ),
  CLOUDACT_IDEMPOTENCY_SECRET: secret('Seals answers that are kept for Idempotency-Keys.'),
  SUPABASE_JWT_SECRET: Type.Optional(
    secret('Only for Supabase Lite, which signs sessions with a shared secret. Hosted projects publish their keys.'),
  ),
  STRIPE_SECRET_KEY: Type.Optional(secret('Switches billing on.', { minLength: 1 })),
  STRIPE_WEBHOOK_SECRET: Type.Optional(
    secret('Of the webhook endpoint /v1/webhooks/stripe, whsec_….', { minLength: 1 }),
  ),
  CLOUDACT_PLANS_FILE: text('The plans that are sold, like backend/billing/plans.example.json.'),
  SMTP_HOST: text('Mail server. Without one, nobody can be invited.'),
  SMTP_PORT: Type.Integer({ minimum: 1, maximum: 65535, default: 587, description: 'Its port.' }),
  SMTP_SECURE: Type.Boolean({
    default: false,
    description: 'true: TLS from the first byte (port 465); false: STARTTLS.',
  }),
  SMTP_USER: text('Where the mail server asks for a sign-in.'),
  SMTP_PASSWORD: Type.Optional(secret('Its password.', { minLength: 1 })),
  SMTP_FROM: text('Sender, for example CloudAct <no-reply@example.com>.'),
  CLOUDACT_PRINCIPAL_REQUESTS_PER_MINUTE: count(
    defaultLimits.principalRequestsPerMinute,
    'Requests of one credential in a minute, from all addresses, counted in each process.',
  ),
  CLOUDACT_ORGANISATION_REQUESTS_PER_MINUTE: count(
    defaultLimits.organisationRequestsPerMinute,
    'Requests of all credentials of one organisation in a minute, counted in each process.',
  ),
  CLOUDACT_ADMIN_REQUESTS_PER_MINUTE: count(
    defaultLimits.adminRequestsPerMinute,
    'Requests of one address to /v1/admin in a minute.',
  ),
  CLOUDACT_ANSWER_CACHE_BYTES: count(defaultLimits.answerCacheBytes, 'Memory for finished answers, in bytes.'),
  CLOUDACT_QUESTION_MILLISECONDS: Type.Integer({
    minimum: 100,
    // A kept Idempotency-Key is free again after 60 seconds, so no handler may take as long.
    maximum: 50_000,
    default: defaultLimits.questionMilliseconds,
    description: 'After which a question to the warehouse is given up.',
  }),
});

export type BackendConfig = Static<typeof backendVariables>;

/** Throws `configuration_invalid` with everything that is wrong, in one message and without a value. */
export function readBackendConfig(environment: Environment): BackendConfig {
  const faults = [...commonFaults(backendVariables, environment), ...togetherOnly(environment)];
  return readServiceConfig(backendVariables, environment, faults);
}

/** For the log: secrets are told as `set`. */
export function describeBackendConfig(config: BackendConfig): Record<string, string | number | boolean> {
  return describeConfig(backendVariables, config);
}

/** By variable: what it needs beside it. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  STRIPE_SECRET_KEY: ['STRIPE_WEBHOOK_SECRET', 'CLOUDACT_PLANS_FILE'],
  STRIPE_WEBHOOK_SECRET: ['STRIPE_SECRET_KEY'],
  SMTP_HOST: ['SMTP_FROM'],
  SMTP_USER: ['SMTP_PASSWORD'],
};

function togetherOnly(environment: Environment): ConfigFault[] {
  return Object.entries(NEEDED).flatMap(([name, others]) =>
    others
      .filter((other) => environment[name] && !environment[other])
      .map((other) => ({ name: other, reason: `is missing: ${name} is set` })),
  );
}
