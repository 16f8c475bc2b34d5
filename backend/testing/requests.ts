import type { LightMyRequestResponse } from 'fastify';
import type { App } from '../http/app-type.ts';

export interface Requests {
  /** Asks with the credential; `get('/v1/costs', key, { from, to, group_by: [...] })`. */
  get(path: string, credential: string, query?: Query, headers?: Record<string, string>): Promise<Answer>;
  /** `request('POST', '/v1/api-keys', { credential: person.token, org: 'acme_inc', body: {} })`. */
  request(method: Method, path: string, options?: RequestOptions): Promise<Answer>;
}

export type Answer = LightMyRequestResponse;
export type Query = Record<string, string | number | readonly string[]>;
export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RequestOptions {
  /** What stands after `Bearer`; none when absent. */
  credential?: string | undefined;
  /** Header `CloudAct-Org`: the organisation that a signed-in person acts in. */
  org?: string;
  query?: Query;
  body?: object | string | Buffer;
  headers?: Record<string, string>;
}

/** Requests as clients make them, without a network. */
export function testRequests(app: App): Requests {
  const request: Requests['request'] = (method, path, { credential, org, query = {}, body, headers } = {}) => {
    const search = new URLSearchParams(
      Object.entries(query).flatMap(([name, value]) =>
        [value].flat().map((one): [string, string] => [name, String(one)]),
      ),
    );
    return app.inject({
      method,
      url: search.size === 0 ? path : `${path}?${search}`,
      headers: {
        ...(credential !== undefined && { authorization: `Bearer ${credential}` }),
        ...(org !== undefined && { 'cloudact-org': org }),
        ...headers,
      },
      ...(body !== undefined && { payload: body }),
    });
  };
  return {
    request,
    get: (path, credential, query = {}, headers = {}) => request('GET', path, { credential, query, headers }),
  };
}
