import type { CloudActError } from './errors.ts';

/** An error as HTTP APIs send it: RFC 9457 problem details, with our stable `code`. */
export interface Problem {
  /** `urn:cloudact:problem:<code>`. */
  type: string;
  title: string;
  status: number;
  /** What is wrong, where, and what to do. Not sent for 5xx: what broke inside is for the log. */
  detail?: string;
  /** `urn:uuid:<request id>`; the log knows the request by it. */
  instance: string;
  code: string;
  /** JSON Pointers into the body, or `#/query/<parameter>`. */
  errors?: { pointer: string; message: string }[];
}

export const problemMediaType = 'application/problem+json';

const MAXIMUM_ERRORS = 20;

/** The problem that an error of the catalogue is shown as. `requestId` is a UUID. */
export function toProblem(error: CloudActError, requestId: string): Problem {
  const errors = error.faults.slice(0, MAXIMUM_ERRORS).map(({ column, reason }) => ({
    pointer: column === undefined ? '#' : `#/${column}`,
    message: reason,
  }));
  return {
    type: `urn:cloudact:problem:${error.code}`,
    title: error.title,
    status: error.status,
    ...(error.status < 500 && { detail: error.detail }),
    instance: `urn:uuid:${requestId}`,
    code: error.code,
    ...(error.status < 500 && errors.length > 0 && { errors }),
  };
}
