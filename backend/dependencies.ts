import type {
  ApiKeys,
  RootKey,
  ServiceTokens,
  TokenRevocations,
  UserTokens,
  WidgetTokens,
} from '@cloudact/core/identity';
import type { Metadata } from '@cloudact/core/metadata';
import type { SealingVault } from '@cloudact/core/vault';
import type { Warehouse } from '@cloudact/core/warehouse';
import type { FastifyServerOptions } from 'fastify';
import type { Billing } from './billing/port.ts';
import type { Mailer } from './mail/port.ts';
import type { PipelineService } from './pipeline-service/port.ts';

/** What the API stands on. All of it is opened, and closed, by the caller. */
export interface BackendDependencies {
  warehouse: Warehouse;
  metadata: Metadata;
  identity: {
    apiKeys: ApiKeys;
    rootKey: RootKey;
    users: UserTokens;
    widgetTokens: WidgetTokens;
    services: ServiceTokens;
    revocations: TokenRevocations;
  };
  vault: SealingVault;
  billing: Billing;
  mailer: Mailer;
  pipelines: PipelineService;
  /** Seals answers that are kept for Idempotency-Keys; at least 32 bytes. */
  idempotencySecret: string;
  /** Origin of the pages that mails lead to, for example `https://app.example.com`. */
  appOrigin: string;
  /** Where exports of organisations that leave are written. */
  exportDirectory: string;
  /** Options of pino, or false for silence. */
  logger: FastifyServerOptions['logger'];
  now: () => Date;
  /** Origins whose pages may call the API from a browser, besides those that organisations allow; `*` for any. */
  allowedOrigins: readonly string[];
  /** Version of the API as its OpenAPI document tells it. */
  version: string;
  limits?: Partial<Limits>;
  /** Proxies in front of this process that add to `X-Forwarded-For`. Default 0: the header is not believed. */
  trustedProxies?: number;
}

export interface Limits {
  /** Requests of one address in one minute. */
  requestsPerMinute: number;
  /** Requests of one principal in one minute, from all addresses together. */
  principalRequestsPerMinute: number;
  /** Requests of all principals of one organisation together in one minute. */
  organisationRequestsPerMinute: number;
  /** Requests of one address to all routes under `/v1/admin` together in one minute. */
  adminRequestsPerMinute: number;
  /** Memory for finished answers. */
  answerCacheBytes: number;
  /** After which a question is given up. */
  questionMilliseconds: number;
}

export const defaultLimits: Limits = {
  requestsPerMinute: 1200,
  principalRequestsPerMinute: 1200,
  organisationRequestsPerMinute: 6000,
  adminRequestsPerMinute: 60,
  answerCacheBytes: 64 * 1024 * 1024,
  questionMilliseconds: 30_000,
};
