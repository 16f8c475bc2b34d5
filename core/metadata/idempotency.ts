import { ask, type Client } from './client.ts';
import type { IdempotencyRecords } from './port.ts';

export function idempotencyRecords(client: Client): IdempotencyRecords {
  const table = () => client.from('idempotency_keys');
  return {
    async begin({ principal, key, org, fingerprint, lockSeconds, keepSeconds }) {
      const row = await ask<BegunRow>(
        'The Idempotency-Key could not be taken',
        client
          .rpc('begin_idempotent', {
            principal,
            key,
            org_slug: org,
            fingerprint,
            lock_seconds: lockSeconds,
            keep_seconds: keepSeconds,
          })
          .single(),
      );
      return row.state === 'answered'
        ? { state: 'answered', status: row.status, sealedAnswer: row.sealed_answer }
        : { state: row.state };
    },

    async answer({ principal, key, status, sealedAnswer }) {
      await ask(
        'The answer could not be kept',
        table()
          .update({ status, sealed_answer: sealedAnswer })
          .eq('principal', principal)
          .eq('key', key)
          .is('status', null),
      );
    },

    async release({ principal, key }) {
      await ask(
        'The Idempotency-Key could not be let go',
        table().delete().eq('principal', principal).eq('key', key).is('status', null),
      );
    },
  };
}

type BegunRow =
  | { state: 'begin' | 'in_flight' | 'mismatch' }
  | { state: 'answered'; status: number; sealed_answer: string };
