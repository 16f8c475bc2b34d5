import { CloudActError } from '@cloudact/core/errors';
import { refuseOtherHosts } from '@cloudact/core/net';
import type { HttpClient } from 'oci-common';
import type { ObjectStorageClient } from 'oci-objectstorage';
import type { ConnectorContext } from '../../connector.ts';
import { readKey } from './key.ts';
import type { OciSettings } from './settings.ts';

/** Oracle keeps the reports of all tenancies in a tenancy of its own: one namespace, one bucket for each customer. */
export function reportBucket({ tenancyOcid }: OciSettings): { namespaceName: string; bucketName: string } {
  return { namespaceName: 'bling', bucketName: tenancyOcid };
}

export function allowedHosts({ homeRegion }: OciSettings): string[] {
  return [`objectstorage.${homeRegion}.oraclecloud.com`];
}

/**
 * Object Storage of the home region, with the settings' own key: nothing is read from the machine's configuration.
 * Follows no redirect. Throws `settings_invalid` when the key cannot be read.
 */
export async function objectStorage(
  settings: OciSettings,
  { endpoint, signal }: ConnectorContext,
): Promise<ObjectStorageClient> {
  const key = readKey(settings);
  const common = await import('oci-common');
  const { ObjectStorageClient } = await import('oci-objectstorage');
  const hosts = endpoint === undefined ? allowedHosts(settings) : [new URL(endpoint).hostname];
  const authenticationDetailsProvider = new common.SimpleAuthenticationDetailsProvider(
    settings.tenancyOcid,
    settings.userOcid,
    settings.fingerprint,
    key.export({ type: 'pkcs1', format: 'pem' }) as string,
    null,
  );
  const signer = new common.DefaultRequestSigner(authenticationDetailsProvider);
  const http = new common.FetchHttpClient(signer, null, { redirect: 'error', ...(signal && { signal }) });
  const retryConfiguration = {
    terminationStrategy: new common.MaxAttemptsTerminationStrategy(3),
    delayStrategy: new common.ExponentialBackoffDelayStrategy(8),
    retryCondition: ({ statusCode }: { statusCode?: number }) =>
      statusCode === 429 || (statusCode !== undefined && statusCode >= 500),
  };
  const httpClient: HttpClient = {
    async send(...request) {
      refuseOtherHosts(new URL(request[0].uri).hostname, hosts);
      try {
        return await http.send(...request);
      } catch (error) {
        // The SDK tries again whatever does not say otherwise, also what was stopped.
        throw Object.assign(new Error((error as Error).message, { cause: error }), {
          shouldBeRetried: !signal?.aborted,
        });
      }
    },
  };
  const client = new ObjectStorageClient(
    { httpClient },
    { retryConfiguration, circuitBreaker: new common.CircuitBreaker({ disableClientCircuitBreaker: true }) },
  );
  client.endpoint = endpoint ?? `https://${hosts[0]}`;
  return client;
}

/** What the SDK's error means for a person. `doing` ends the sentence "Oracle … while …". */
export function ociError(error: unknown, doing: string): Error {
  if (error instanceof CloudActError) return error;
  const { statusCode, serviceCode } = error as { statusCode?: number; serviceCode?: string };
  const said = [statusCode, serviceCode].filter(Boolean).join(' ') || 'no answer';
  if (statusCode === 401) {
    return new CloudActError('source_denied', {
      detail: `Oracle did not accept the key while ${doing} (${said}). Check tenancy, user and fingerprint, that the API key is still there, and the clock of this machine.`,
      cause: error,
    });
  }
  if (statusCode === 412 || serviceCode === 'ObjectNotFound') {
    return new CloudActError('source_changed', {
      detail: `A report changed or went while ${doing} (${said}). List the billing periods again.`,
      cause: error,
    });
  }
  if (statusCode === 403 || statusCode === 404) {
    return new CloudActError('source_denied', {
      detail: `Oracle shows no reports while ${doing} (${said}): it answers the same whether they are missing or not allowed. Check that the policy is in the root compartment, that the user is in its group, and that the home region is right.`,
      cause: error,
    });
  }
  return new CloudActError('source_unavailable', {
    detail: `Oracle did not answer as it should while ${doing} (${said}). Try again later.`,
    cause: error,
  });
}
