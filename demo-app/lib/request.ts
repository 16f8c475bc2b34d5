import 'server-only';

/** With what a request to the API is made. */
export interface Caller {
  /** An API key, or a person's access token. It never leaves the server. */
  credential: string;
  /** Slug that a person acts in; null with a key, which has its own, and for what belongs to the person. */
  organisation: string | null;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** An answer of the API that is a problem (RFC 9457). The message may be shown to the person. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, { code, title, detail }: { code?: string; title?: string; detail?: string }) {
    super(detail ?? (title ? `${title}.` : `The API answered ${status}.`));
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code ?? 'unknown';
  }
}

/**
 * Sends one request to the API. Returns undefined for an answer without a body.
 * Throws `ApiProblem`, and a TypeError or TimeoutError when the API does not answer.
 */
export async function request<Answer>(
  { credential, organisation }: Caller,
  method: Method,
  path: string,
  body?: unknown,
): Promise<Answer | undefined> {
  const origin = process.env.CLOUDACT_API_URL;
  if (!origin) throw new Error('CLOUDACT_API_URL is not set');
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${credential}`,
      ...(organisation !== null && { 'cloudact-org': organisation }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    cache: 'no-store',
    signal: AbortSignal.timeout(20_000),
  });
  if (!response.ok) throw new ApiProblem(response.status, await response.json().catch(() => ({})));
  return response.status === 204 ? undefined : ((await response.json()) as Answer);
}
