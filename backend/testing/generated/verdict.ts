import { isGuarded } from '@cloudact/core/identity';
import type { Answer } from '../requests.ts';
import type { GeneratedRequest } from './request.ts';

/** What is wrong with the answer, whoever asked and whatever was asked; empty when nothing is. */
export function faultsOf({ caller, operation, headers }: GeneratedRequest, answer: Answer): string[] {
  const { statusCode, body } = answer;
  const faults: string[] = [];
  if (statusCode >= 500) faults.push(`answered ${statusCode}: ${body.slice(0, 300)}`);
  const shown = body + JSON.stringify(answer.headers);
  for (const text of caller.mayNotSee) if (shown.includes(text)) faults.push(`showed ${text} to ${caller.name}`);
  const isListed = operation.statuses.includes(statusCode) || OF_THE_FRAMEWORK.includes(statusCode);
  if (!isListed) faults.push(`answered ${statusCode}, which the OpenAPI document does not list: ${body.slice(0, 300)}`);
  if (statusCode >= 400 && !String(answer.headers['content-type']).startsWith('application/problem+json')) {
    faults.push(`answered ${statusCode} as ${answer.headers['content-type']}`);
  }
  const isOpen = !isGuarded(operation.auth) || headers.authorization === undefined;
  if (!isOpen && answer.headers['cache-control'] === undefined) faults.push('may be kept by caches of others');
  return faults;
}

/** For paths that are too long or mean another route, methods that it does not have, and bodies where none belongs. */
const OF_THE_FRAMEWORK = [400, 404, 405, 413, 414, 415];
