import type { Connector, ConnectorContext } from '../../connector.ts';
import { type Bucket, openBucket } from './bucket.ts';
import { checkAccess } from './check.ts';
import { fetchDelivery, listDeliveries } from './deliveries.ts';
import { policies } from './policies.ts';
import { type AwsS3Settings, allowedHosts, fields, formatOf, parseSettings } from './settings.ts';

/** Cost and Usage Reports (2.0 and legacy) and FOCUS exports that AWS delivers to a bucket, read with a role of its owner. */
export const awsS3: Connector<AwsS3Settings> = {
  id: 'aws-s3',
  title: 'AWS Data Exports in S3',
  fields,
  parse: parseSettings,
  policies,
  allowedHosts,
  check: (settings, context) => within(settings, context, (bucket) => checkAccess(bucket, settings, context)),
  list: (settings, context) => within(settings, context, (bucket) => listDeliveries(bucket, settings)),
  fetch: (settings, period, folder, context) =>
    within(settings, context, (bucket) => fetchDelivery(bucket, settings, period, folder, context)),
  format: formatOf,
  // AWS keeps exports for ever, but many buckets have a rule that deletes old objects. AWS restates the current and the
  // last month; an older one that is gone was cleared away, and its charges stay true.
  retainedMonths: 3,
};

async function within<T>(
  settings: AwsS3Settings,
  context: ConnectorContext,
  work: (bucket: Bucket) => Promise<T>,
): Promise<T> {
  const bucket = await openBucket(settings, context);
  try {
    return await work(bucket);
  } finally {
    bucket.close();
  }
}
