import { CloudActError } from '@cloudact/core/errors';
import { refuseOtherHosts } from '@cloudact/core/net';
import type { BigQuery } from '@google-cloud/bigquery';
import type { JWT } from 'google-auth-library';
import type { ConnectorContext } from '../../connector.ts';
import type { BigQuerySettings } from './settings.ts';

export const allowedHosts = ['bigquery.googleapis.com', 'oauth2.googleapis.com'] as const;

/** Reading tables by query is the one thing that is asked for; the roles of the account decide what it may do. */
const SCOPE = 'https://www.googleapis.com/auth/bigquery';

/** The service account, which signs in at Google alone, whatever its key file says. */
export async function signIn({ account }: BigQuerySettings, { signInEndpoint }: ConnectorContext): Promise<JWT> {
  const { JWT } = await import('google-auth-library');
  const { email, privateKey, keyId } = account;
  const jwt = new JWT({ email, key: privateKey, scopes: [SCOPE], ...(keyId !== undefined && { keyId }) });
  jwt.transporter.interceptors.request.add({
    async resolved(request) {
      refuseOtherHosts(request.url.hostname, allowedHosts);
      if (signInEndpoint !== undefined) request.url = new URL(request.url.pathname, signInEndpoint);
      return request;
    },
  });
  return jwt;
}

export async function bigQueryClient(settings: BigQuerySettings, context: ConnectorContext): Promise<BigQuery> {
  const { BigQuery } = await import('@google-cloud/bigquery');
  return new BigQuery({
    projectId: settings.jobProject,
    authClient: await signIn(settings, context),
    apiEndpoint: context.endpoint ?? `https://${allowedHosts[0]}`,
    maxRetries: 3,
  });
}

/** What Google's error means for a person. `doing` ends the sentence "Google … ". */
export function googleError(error: unknown, doing: string): Error {
  if (error instanceof CloudActError) return error;
  const { code, errors, message = '', response } = error as GoogleError;
  const status = Number(code ?? response?.status);
  const reason = errors?.[0]?.reason ?? /^(invalid_\w+|unauthorized_client)\b/.exec(message)?.[1];
  const said = reason ?? (Number.isNaN(status) ? String(code ?? 'no reason') : `status ${status}`);
  if (reason === 'bytesBilledLimitExceeded') {
    return new CloudActError('source_unavailable', {
      detail: `Google refused ${doing}: it would read more than the limit of this connection. Ask for a higher limit, or export less.`,
      cause: error,
    });
  }
  if (status === 404 || reason === 'notFound') {
    return new CloudActError('source_incomplete', {
      detail: `Google has no such project, dataset or table (${doing}). Check their names and the location; a new export takes a day to write its first rows.`,
      cause: error,
    });
  }
  if (status === 429 || /quota|rateLimit/i.test(said)) return unavailable(doing, said, error);
  if (status === 401 || status === 403 || /^invalid_|^unauthorized_client/.test(said)) {
    return new CloudActError('source_denied', {
      detail: `Google denied ${doing} (${said}). ${
        /^invalid_|^unauthorized_client/.test(said) || status === 401
          ? 'The key may have been deleted or disabled: make a new one.'
          : 'Give the service account the roles BigQuery Data Viewer on the dataset and BigQuery Job User on the project.'
      }`,
      cause: error,
    });
  }
  if (!Number.isNaN(status) || code !== undefined) return unavailable(doing, said, error);
  return error instanceof Error ? error : new Error(String(error));
}

interface GoogleError {
  code?: number | string;
  errors?: { reason?: string }[];
  message?: string;
  response?: { status?: number };
}

function unavailable(doing: string, said: string, cause: unknown): CloudActError {
  return new CloudActError('source_unavailable', {
    detail: `Google did not answer ${doing} (${said}). Try again later.`,
    cause,
  });
}
