import { CloudActError, type ErrorCode, errorCatalogue } from '@cloudact/core/errors';
import type { OrgSlug } from '@cloudact/core/org';
import type { CheckFinding, ConnectorDescription, PipelineService } from './port.ts';

export interface PipelineServiceClientOptions {
  /** For example `http://127.0.0.1:8001`. */
  origin: string;
  /** A service token for the pipeline service, which acts for the organisation. */
  token(org: OrgSlug | null): Promise<string>;
  now?: () => Date;
  fetch?: typeof fetch;
}

/** How long a list of connectors is taken for true, and how long for better than none. */
const FRESH_MILLISECONDS = 5 * 60_000;
const KEPT_MILLISECONDS = 60 * 60_000;
const LIST_MILLISECONDS = 10_000;
/** The service itself gives a check up after 45 seconds. */
const CHECK_MILLISECONDS = 48_000;

/**
 * The pipeline service over HTTP. The list of connectors is asked for every five minutes, and an older one stands in for an
 * hour while the service is away. Throws `unavailable` when there is no answer that can be read, and what a refusal says.
 */
export function pipelineServiceClient(options: PipelineServiceClientOptions): PipelineService {
  const { origin, token, now = () => new Date(), fetch: call = fetch } = options;
  let known: { connectors: readonly ConnectorDescription[]; at: number } | undefined;
  let asking: Promise<readonly ConnectorDescription[]> | undefined;

  async function ask<Answer>(
    method: 'GET' | 'POST',
    path: string,
    { org, milliseconds }: { org: OrgSlug | null; milliseconds: number },
  ): Promise<Answer> {
    const authorization = `Bearer ${await token(org)}`;
    let response: Response;
    let body: unknown;
    try {
      response = await call(new URL(path, origin), {
        method,
        headers: { authorization, accept: 'application/json' },
        redirect: 'error',
        signal: AbortSignal.timeout(milliseconds),
      });
      body = await response.json();
    } catch (cause) {
      throw unavailable('does not answer', cause);
    }
    if (response.ok) return body as Answer;
    throw refusal(response.status, body);
  }

  async function fetchConnectors(): Promise<readonly ConnectorDescription[]> {
    const options = { org: null, milliseconds: LIST_MILLISECONDS };
    const { connectors } = await ask<{ connectors: unknown }>('GET', '/internal/connectors', options);
    if (!Array.isArray(connectors)) throw unavailable('answers with no list of connectors');
    known = { connectors, at: now().getTime() };
    return connectors;
  }

  return {
    async connectors() {
      const age = known ? now().getTime() - known.at : Number.POSITIVE_INFINITY;
      if (known && age < FRESH_MILLISECONDS) return known.connectors;
      asking ??= fetchConnectors().finally(() => {
        asking = undefined;
      });
      try {
        return await asking;
      } catch (error) {
        if (known && age < KEPT_MILLISECONDS) return known.connectors;
        throw error;
      }
    },

    async check(org, integrationId) {
      const path = `/internal/integrations/${encodeURIComponent(integrationId)}/check`;
      const { findings } = await ask<{ findings: unknown }>('POST', path, { org, milliseconds: CHECK_MILLISECONDS });
      if (!Array.isArray(findings)) throw unavailable('answers with no findings');
      return findings as CheckFinding[];
    },
  };
}

/** What the service says about the request; that it does not take our token is our own trouble. */
function refusal(status: number, body: unknown): CloudActError {
  const { code, detail } = (body ?? {}) as { code?: unknown; detail?: unknown };
  const isSaid = status >= 400 && status < 500 && !OWN_TROUBLE.has(status) && isErrorCode(code);
  if (isSaid && typeof detail === 'string') return new CloudActError(code, { detail });
  return unavailable(`answers with status ${status}${isErrorCode(code) ? ` (${code})` : ''}`);
}

const OWN_TROUBLE: ReadonlySet<number> = new Set([401, 403]);

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCatalogue, code);
}

function unavailable(reason: string, cause?: unknown): CloudActError {
  return new CloudActError('unavailable', { detail: `The pipeline service ${reason}. Try again later.`, cause });
}
