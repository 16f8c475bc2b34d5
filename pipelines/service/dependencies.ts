import type { ApiKeys, ServiceTokens } from '@cloudact/core/identity';
import type { Metadata } from '@cloudact/core/metadata';
import type { OrgSlug } from '@cloudact/core/org';
import type { OpeningVault } from '@cloudact/core/vault';
import type { Warehouse } from '@cloudact/core/warehouse';
import type { FastifyServerOptions } from 'fastify';
import type { ConnectorContext } from '../providers/connector.ts';

/** What the pipeline service stands on. All of it is opened, and closed, by the caller. */
export interface PipelineServiceDependencies {
  /** Opened so that it may read the inboxes. */
  warehouse: Warehouse;
  /** Who may come: API keys, and our own services. */
  identity: { apiKeys: Pick<ApiKeys, 'verify'>; services: Pick<ServiceTokens, 'verify'> };
  /** What organisations have set up. Without it, and without a vault, no connection can be checked. */
  metadata?: Pick<Metadata, 'forOrg'>;
  vault?: Pick<OpeningVault, 'open'>;
  /** How providers are reached; `privateNetwork` where nobody but the operator fills in settings. */
  providers?: Omit<ConnectorContext, 'signal' | 'onProgress'>;
  /** The folder that an organisation's files are delivered to. Nothing outside of it is read for its runs. */
  inboxDirectory(org: OrgSlug): string;
  /** Options of pino, or false for silence. */
  logger: FastifyServerOptions['logger'];
  /** Requests of one address in one minute. Default 1200. */
  requestsPerMinute?: number;
  /** Proxies in front of this process that add to `X-Forwarded-For`. Default 0: the header is not believed. */
  trustedProxies?: number;
}
