import type { Problem } from '../api/types.js';

/** An answer by which the API refused, with its stable code and the text meant for people. */
export class ApiError extends Error {
  readonly status: number;
  /** From the error catalogue; `unknown` where something before the API answered. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}

/** The host's token callback failed or took too long, or the API refused two tokens in a row. */
export class AuthError extends Error {
  override name = 'AuthError';
}

export async function readProblem(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return new ApiError(response.status, problem.code ?? 'unknown', problem.detail ?? problem.title ?? '');
}
