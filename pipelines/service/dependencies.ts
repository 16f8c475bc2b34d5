import type { Principal } from '@cloudact/core/identity';
import type { OrgSlug } from '@cloudact/core/org';
import type { Warehouse } from '@cloudact/core/warehouse';
import type { FastifyServerOptions } from 'fastify';

/** What the pipeline service stands on. All of it is opened, and closed, by the caller. */
export interface PipelineServiceDependencies {
  /** Opened so that it may read the inboxes. */
  warehouse: Warehouse;
  /**
   * Verifies the Authorization header. Throws `authentication_required`, `credential_invalid`, `credential_expired`.
   */
  authenticate(authorization: string | undefined): Promise<Principal>;
  /** The folder that an organisation's files are delivered to. Nothing outside of it is read for its runs. */
  inboxDirectory(org: OrgSlug): string;
  /** Options of pino, or false for silence. */
  logger: FastifyServerOptions['logger'];
  /** Requests of one address in one minute. Default 1200. */
  requestsPerMinute?: number;
  /** Proxies in front of this process that add to `X-Forwarded-For`. Default 0: the header is not believed. */
  trustedProxies?: number;
}
