import { createHash } from 'node:crypto';
import { CloudActError } from '@cloudact/core/errors';
import type { ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import { objectStorage, ociError, reportBucket } from './client.ts';
import { monthsOf, prefixes, type ReportObject } from './reports.ts';
import type { OciSettings } from './settings.ts';

/**
 * The billing periods of the bucket, oldest first. Reports never change; late ones may sort before newer ones, so the
 * change token is over all names, ETags and sizes of a period, and not the last name.
 */
export async function listPeriods(settings: OciSettings, context: ConnectorContext): Promise<DeliveredPeriod[]> {
  const reports = await listReports(settings, context);
  return monthsOf(reports, settings, Date.now()).map(({ billingPeriod, reports: own }) => ({
    billingPeriod,
    changeToken: changeToken(own),
    deliveredAt: new Date(Math.max(...own.map(({ created }) => created))).toISOString(),
    parts: own.map(({ name, etag, bytes }) => ({ name, version: etag, bytes })),
  }));
}

/** Every report of the dataset, sorted by name. */
async function listReports(settings: OciSettings, context: ConnectorContext): Promise<ReportObject[]> {
  const client = await objectStorage(settings, context);
  const reports: ReportObject[] = [];
  let start: string | undefined;
  do {
    context.signal?.throwIfAborted();
    try {
      const { listObjects } = await client.listObjects({
        ...reportBucket(settings),
        prefix: prefixes[settings.dataset],
        fields: 'name,size,timeCreated,etag',
        limit: 1000,
        ...(start !== undefined && { start }),
      });
      for (const object of listObjects.objects) {
        if (/\.csv(\.gz)?$/.test(object.name)) reports.push(reportOf(object));
      }
      start = listObjects.nextStartWith ?? undefined;
    } catch (error) {
      context.signal?.throwIfAborted();
      throw ociError(error, 'the reports were listed');
    }
  } while (start !== undefined);
  return reports.sort((left, right) => (left.name < right.name ? -1 : 1));
}

function reportOf(object: { name: string; size?: number; timeCreated?: Date; etag?: string }): ReportObject {
  const { name, size, timeCreated, etag } = object;
  if (size === undefined || timeCreated === undefined || etag === undefined) {
    throw new CloudActError('source_unavailable', {
      detail: `Oracle lists ${name} without its size, time or ETag, so it is not known when it changes. Try again later.`,
    });
  }
  return { name, etag, bytes: size, created: new Date(timeCreated).getTime() };
}

function changeToken(reports: readonly ReportObject[]): string {
  const hash = createHash('sha256');
  for (const { name, etag, bytes } of reports) hash.update(`${JSON.stringify([name, etag, bytes])}\n`);
  return hash.digest('hex');
}
