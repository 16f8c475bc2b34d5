import { generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  query: string;
  params: Record<string, string>;
  dryRun: boolean;
  location: string | undefined;
  maximumBytesBilled: string | undefined;
}

export interface BigQueryServer {
  context: { endpoint: string; signInEndpoint: string };
  /** Key file of the service account that the sign-in knows. */
  keyFile: Record<string, string>;
  /** Every query that was asked, in order. */
  asked: Asked[];
  /** Says what a query answers: rows of text columns, or an error as BigQuery sends it. */
  answer: (asked: Asked) => { columns: string[]; rows: (string | null)[][] } | ApiError;
  table: { fields: string[]; location: string; expirationMs?: string } | ApiError;
  stop(): Promise<void>;
}

export interface ApiError {
  status: number;
  reason: string;
}

const TOKEN = 'ya29.test-token';
const PAGE = 2;

/**
 * Answers what Google's sign-in and the BigQuery REST API document: `POST /token` (the signature of the assertion is
 * verified), `jobs.insert`, `jobs.getQueryResults` in pages of two rows, and `tables.get`. Without the token of the
 * sign-in nothing is answered.
 */
export async function startBigQuery(): Promise<BigQueryServer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jobs = new Map<string, Asked>();
  const state: Pick<BigQueryServer, 'asked' | 'answer' | 'table'> = {
    asked: [],
    answer: () => ({ columns: [], rows: [] }),
    table: { fields: [], location: 'EU' },
  };
  const http = createServer(async (request, response) => {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' }).end(JSON.stringify(body));
    const fail = ({ status, reason }: ApiError) =>
      send(status, {
        error: { code: status, message: reason, errors: [{ reason, domain: 'global', message: reason }] },
      });
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/token') {
      const valid = isSigned(await textOf(request), publicKey);
      return valid
        ? send(200, { access_token: TOKEN, expires_in: 3599, token_type: 'Bearer' })
        : send(400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' });
    }
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return fail({ status: 401, reason: 'authError' });
    if (/\/tables\//.test(url.pathname)) {
      if ('status' in state.table) return fail(state.table);
      const { fields, location, expirationMs } = state.table;
      return send(200, {
        kind: 'bigquery#table',
        location,
        schema: { fields: fields.map((name) => ({ name, type: 'STRING' })) },
        timePartitioning: { type: 'DAY', ...(expirationMs && { expirationMs }) },
      });
    }
    if (request.method === 'POST' && url.pathname.endsWith('/jobs')) {
      const { configuration, jobReference } = JSON.parse(await textOf(request)) as JobRequest;
      const asked = askedOf(configuration, jobReference.location);
      state.asked.push(asked);
      const outcome = state.answer(asked);
      if ('status' in outcome) return fail(outcome);
      jobs.set(jobReference.jobId, asked);
      return send(200, {
        kind: 'bigquery#job',
        jobReference,
        configuration,
        status: { state: 'DONE' },
        statistics: { totalBytesProcessed: '12345678' },
      });
    }
    const job = /\/queries\/([^/]+)$/.exec(url.pathname)?.[1];
    const asked = job && jobs.get(job);
    if (!asked) return fail({ status: 404, reason: 'notFound' });
    const outcome = state.answer(asked);
    if ('status' in outcome) return fail(outcome);
    const start = Number(url.searchParams.get('pageToken') ?? 0);
    const more = start + PAGE < outcome.rows.length;
    return send(200, {
      kind: 'bigquery#getQueryResultsResponse',
      jobReference: { projectId: 'p', jobId: job },
      jobComplete: true,
      totalRows: String(outcome.rows.length),
      schema: { fields: outcome.columns.map((name) => ({ name, type: 'STRING', mode: 'NULLABLE' })) },
      rows: outcome.rows.slice(start, start + PAGE).map((row) => ({ f: row.map((v) => ({ v })) })),
      ...(more && { pageToken: String(start + PAGE) }),
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return Object.assign(state, {
    context: { endpoint: origin, signInEndpoint: origin },
    keyFile: {
      type: 'service_account',
      project_id: 'larkmoor-billing',
      private_key_id: 'key-1',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      client_email: 'cloudact@larkmoor-billing.iam.gserviceaccount.com',
      token_uri: 'http://127.0.0.1:9/never-called',
    },
    async stop() {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  });
}

interface JobRequest {
  configuration: {
    dryRun?: boolean;
    query: { query: string; maximumBytesBilled?: string; queryParameters?: QueryParameter[] };
  };
  jobReference: { jobId: string; location?: string };
}

interface QueryParameter {
  name: string;
  parameterValue: { value: string };
}

function askedOf({ dryRun = false, query }: JobRequest['configuration'], location: string | undefined): Asked {
  const params = (query.queryParameters ?? []).map(({ name, parameterValue }) => [name, parameterValue.value] as const);
  return {
    query: query.query,
    params: Object.fromEntries(params),
    dryRun,
    location,
    maximumBytesBilled: query.maximumBytesBilled,
  };
}

function isSigned(body: string, publicKey: KeyObject): boolean {
  const [header = '', claims = '', signature = ''] = (new URLSearchParams(body).get('assertion') ?? '').split('.');
  const { aud } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud: string };
  return (
    aud === 'https://oauth2.googleapis.com/token' &&
    verify('RSA-SHA256', Buffer.from(`${header}.${claims}`), publicKey, Buffer.from(signature, 'base64url'))
  );
}

async function textOf(request: IncomingMessage): Promise<string> {
  return Buffer.concat(await request.toArray()).toString();
}
