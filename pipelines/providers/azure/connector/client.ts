import type { TokenCredential } from '@azure/identity';
import type { ContainerClient } from '@azure/storage-blob';
import { CloudActError } from '@cloudact/core/errors';
import type { ConnectorContext } from '../../connector.ts';
import { type AzureBlobSettings, clouds } from './settings.ts';

/**
 * The container, opened with the connection's own credential. The SDK follows no redirect to another host, so it calls
 * the hosts of `allowedHosts` and no others.
 */
export async function containerClient(
  settings: AzureBlobSettings,
  context: ConnectorContext,
): Promise<ContainerClient> {
  const { ContainerClient } = await import('@azure/storage-blob');
  const { access, storageAccount, container } = settings;
  const url = `${context.endpoint ?? `https://${storageAccount}.blob.${settings.cloud}`}/${container}`;
  const options = { retryOptions: { maxTries: 4, tryTimeoutInMs: 60_000 }, ...trust(context) };
  if (access.kind === 'sas') return new ContainerClient(`${url}?${access.query}`, undefined, options);
  return new ContainerClient(url, await signIn(settings, context), options);
}

/** The service principal's credential. Undefined for a SAS, which signs in nowhere. */
export async function signIn(
  { access, cloud }: AzureBlobSettings,
  context: ConnectorContext,
): Promise<TokenCredential> {
  if (access.kind === 'sas') throw new TypeError('a shared access signature has nobody to sign in');
  const { ClientSecretCredential } = await import('@azure/identity');
  return new ClientSecretCredential(access.tenantId, access.clientId, access.clientSecret, {
    authorityHost: context.signInEndpoint ?? `https://${clouds[cloud]}`,
    // Asks Microsoft's public cloud whether another authority is one of Microsoft's.
    ...(context.signInEndpoint && { disableInstanceDiscovery: true }),
    ...trust(context),
  });
}

function trust({ certificateAuthority }: ConnectorContext) {
  return certificateAuthority === undefined ? {} : { tlsOptions: { ca: certificateAuthority } };
}

export function allowedHosts({ access, storageAccount, cloud }: AzureBlobSettings): string[] {
  const storage = `${storageAccount}.blob.${cloud}`;
  return access.kind === 'sas' ? [storage] : [clouds[cloud], storage];
}

/** What the SDK's error means for a person. `doing` ends the sentence "Azure … ". */
export function azureError(error: unknown, doing: string): Error {
  if (error instanceof CloudActError) return error;
  const { statusCode, code, name } = error as { statusCode?: number; code?: string; name?: string };
  if (name === 'AbortError') return error as Error;
  const said = code ?? name ?? 'no reason';
  if (code === 'ConditionNotMet' || statusCode === 412) {
    return new CloudActError('source_changed', {
      detail: `A blob changed while it was read (${doing}).`,
      cause: error,
    });
  }
  if (code === 'ContainerNotFound' || code === 'BlobNotFound' || statusCode === 404) {
    return new CloudActError('source_incomplete', {
      detail: `Azure has nothing there while ${doing} (${said}). Check the container, the directory and the export.`,
      cause: error,
    });
  }
  if (
    statusCode === 401 ||
    statusCode === 403 ||
    name === 'AuthenticationRequiredError' ||
    name === 'AuthenticationError'
  ) {
    return new CloudActError('source_denied', {
      detail: `Azure denied ${doing} (${said}). ${remedy(said)}`,
      cause: error,
    });
  }
  if (statusCode !== undefined || code !== undefined) {
    return new CloudActError('source_unavailable', {
      detail: `Azure did not answer while ${doing} (${said}). Try again later.`,
      cause: error,
    });
  }
  return error instanceof Error ? error : new Error(String(error));
}

function remedy(code: string): string {
  switch (code) {
    case 'AuthorizationPermissionMismatch':
    case 'AuthorizationFailure':
      return 'Give the application the role Storage Blob Data Reader on the container, and let its network in.';
    case 'AuthenticationFailed':
      return 'The signature or secret is wrong or has ended: make a new one.';
    case 'AuthenticationRequiredError':
    case 'AuthenticationError':
      return 'Check tenant, client and secret; the secret may have ended.';
    default:
      return 'Check the role on the container, the firewall of the storage account and the end of the secret.';
  }
}
