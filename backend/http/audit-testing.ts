import { randomUUID } from 'node:crypto';
import type { FinishedEntry } from './audit-batch.ts';

/** An entry about a request that proved nobody. */
export function refusedEntry(action: string): FinishedEntry {
  return {
    id: randomUUID(),
    at: new Date().toISOString(),
    org: null,
    actor: { kind: 'unknown', id: null },
    action,
    target: null,
    requestId: randomUUID(),
    address: null,
    userAgent: null,
    outcome: 'refused',
    status: 401,
    code: 'credential_invalid',
  };
}
