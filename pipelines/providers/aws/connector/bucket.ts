import type { Readable } from 'node:stream';
import type { ConnectorContext } from '../../connector.ts';
import { callsOnly } from './allowed-calls.ts';
import { changed, sourceFailure } from './failures.ts';
import { type AwsS3Settings, allowedHosts } from './settings.ts';

export interface StoredObject {
  readonly key: string;
  /** Without quotes. */
  readonly etag: string;
  readonly bytes: number;
  /** ISO 8601, UTC, whole seconds. */
  readonly modified: string;
}

/** The customer's bucket, seen with the rights of the role. Every call throws what `sourceFailure` makes of its error. */
export interface Bucket {
  /** Assumes the role; the other calls do it by themselves. */
  assumeRole(): Promise<void>;
  region(): Promise<string>;
  /** All objects whose key starts with `prefix`, in the order of their keys; every page of them. */
  objects(prefix: string): Promise<StoredObject[]>;
  /** The next folders below `prefix`, with their slash. */
  folders(prefix: string): Promise<string[]>;
  head(key: string): Promise<StoredObject>;
  /** The object's bytes, if it is still the one with this ETag. */
  read(key: string, etag: string): Promise<Readable>;
  close(): void;
}

const SESSION_NAME = 'cloudact-billing';
const WAIT = { connectionTimeout: 10_000, socketTimeout: 60_000 };

/**
 * Opens nothing yet: the role is assumed at the first call, with the credentials that the process finds in its
 * environment (where those come from is the operator's choice, and the SDK's). Requests for the customer's data go to
 * `allowedHosts` only, or to the endpoint of the context, and to no other host.
 */
export async function openBucket(settings: AwsS3Settings, { signal, endpoint }: ConnectorContext): Promise<Bucket> {
  const [aws, { fromTemporaryCredentials }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/credential-providers'),
  ]);
  const { bucket: Bucket, bucketRegion: region } = settings;
  const hosts = endpoint === undefined ? allowedHosts(settings) : [new URL(endpoint).hostname];
  const place = { region, ...(endpoint !== undefined && { endpoint }), requestHandler: WAIT };
  const guard = callsOnly(hosts);

  const assume = fromTemporaryCredentials({
    params: { RoleArn: settings.roleArn, ExternalId: settings.externalId, RoleSessionName: SESSION_NAME },
    clientConfig: place,
    clientPlugins: [guard],
  });
  const credentials = () => attempt('sts:AssumeRole', settings.roleArn, () => assume());
  const client = new aws.S3Client({
    ...place,
    credentials,
    followRegionRedirects: false,
    forcePathStyle: endpoint !== undefined,
  });
  client.middlewareStack.use(guard);
  const options = { ...(signal && { abortSignal: signal }) };

  async function attempt<T>(action: string, of: string, call: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      signal?.throwIfAborted();
      throw sourceFailure(error, action, of, settings);
    }
  }
  const named = (key: string) => `s3://${Bucket}/${key}`;

  return {
    async assumeRole() {
      await credentials();
    },
    region: () =>
      attempt('s3:GetBucketLocation', `s3://${Bucket}`, async () => {
        const { LocationConstraint } = await client.send(new aws.GetBucketLocationCommand({ Bucket }), options);
        return legacyRegion(LocationConstraint);
      }),
    objects: (Prefix) =>
      attempt('s3:ListBucket', named(Prefix), async () => {
        const found: StoredObject[] = [];
        for await (const page of aws.paginateListObjectsV2({ client }, { Bucket, Prefix }, options)) {
          for (const { Key, ETag, Size, LastModified } of page.Contents ?? []) {
            found.push(storedObject(Key!, ETag, Size, LastModified));
          }
        }
        return found;
      }),
    folders: (Prefix) =>
      attempt('s3:ListBucket', named(Prefix), async () => {
        const found: string[] = [];
        const query = { Bucket, Prefix, Delimiter: '/' };
        for await (const page of aws.paginateListObjectsV2({ client }, query, options)) {
          found.push(...(page.CommonPrefixes ?? []).map((folder) => folder.Prefix!));
        }
        return found;
      }),
    head: (Key) =>
      attempt('s3:GetObject', named(Key), async () => {
        const { ETag, ContentLength, LastModified } = await client.send(
          new aws.HeadObjectCommand({ Bucket, Key }),
          options,
        );
        return storedObject(Key, ETag, ContentLength, LastModified);
      }),
    read: (Key, etag) =>
      attempt('s3:GetObject', named(Key), async () => {
        const { Body, ETag } = await client.send(
          new aws.GetObjectCommand({ Bucket, Key, IfMatch: `"${etag}"` }),
          options,
        );
        const body = Body as Readable;
        if (unquoted(ETag) === etag) return body;
        body.destroy();
        throw changed(named(Key));
      }),
    close: () => client.destroy(),
  };
}

function storedObject(
  key: string,
  etag: string | undefined,
  bytes: number | undefined,
  modified: Date | undefined,
): StoredObject {
  const seconds = (modified ?? new Date(0)).toISOString().slice(0, 19);
  return { key, etag: unquoted(etag), bytes: bytes ?? 0, modified: `${seconds}Z` };
}

function unquoted(etag = ''): string {
  return etag.replaceAll('"', '');
}

/** The first region has no name in this answer, and the second an old one. */
function legacyRegion(constraint: string | undefined): string {
  if (!constraint) return 'us-east-1';
  return constraint === 'EU' ? 'eu-west-1' : constraint;
}
