import type { ApiKeys, RootKey, WidgetTokens } from '@cloudact/core/identity';
import type { OrganisationDirectory } from '@cloudact/core/metadata';
import type { Warehouse } from '@cloudact/core/warehouse';
import type { FastifyServerOptions } from 'fastify';

/** What the API stands on. All of it is opened, and closed, by the caller. */
export interface BackendDependencies {
  warehouse: Warehouse;
  organisations: OrganisationDirectory;
  identity: { apiKeys: ApiKeys; rootKey: RootKey; widgetTokens: WidgetTokens };
  /** Options of pino, or false for silence. */
  logger: FastifyServerOptions['logger'];
  now: () => Date;
  /** Origins whose pages may call the API from a browser, for example `https://portal.example.com`; `*` for any. */
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
  /** Requests of one address to all routes under `/v1/admin` together in one minute. */
  adminRequestsPerMinute: number;
  /** Memory for finished answers. */
  answerCacheBytes: number;
  /** After which a question is given up. */
  questionMilliseconds: number;
}

export const defaultLimits: Limits = {
  requestsPerMinute: 1200,
  adminRequestsPerMinute: 60,
  answerCacheBytes: 64 * 1024 * 1024,
  questionMilliseconds: 30_000,
};
