import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openAnonymousRefusals } from './anonymous-refusals.ts';
import type { FinishedEntry } from './audit-batch.ts';
import { refusedEntry } from './audit-testing.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const from = (address: string) => ({ ...refusedEntry('access.refuse'), address, target: 'GET /v1/costs' });
const told = (entries: readonly FinishedEntry[]) => entries.map(({ address, target }) => [address, target]);

it('an address has one entry in a minute, however often it was refused', () => {
  const entries: FinishedEntry[] = [];
  const refusals = openAnonymousRefusals((entry) => entries.push(entry));
  const first = from('192.0.2.1');
  refusals.add(first);
  for (let count = 0; count < 4999; count++) refusals.add(from('192.0.2.1'));
  refusals.add(from('192.0.2.2'));
  vi.advanceTimersByTime(60_000);
  expect(told(entries)).toEqual([
    ['192.0.2.1', 'GET /v1/costs and 4999 more'],
    ['192.0.2.2', 'GET /v1/costs'],
  ]);
  expect(entries[0]).toMatchObject({ id: first.id, at: first.at });
  refusals.add(from('192.0.2.1'));
  refusals.close();
  expect(told(entries).slice(2)).toEqual([['192.0.2.1', 'GET /v1/costs']]);
});

it('more addresses than are told share one entry without an address', () => {
  const entries: FinishedEntry[] = [];
  const refusals = openAnonymousRefusals((entry) => entries.push(entry), { maximumAddresses: 2 });
  for (const last of [1, 2, 3, 4, 5, 1]) refusals.add(from(`192.0.2.${last}`));
  refusals.close();
  expect(told(entries)).toEqual([
    ['192.0.2.1', 'GET /v1/costs and 1 more'],
    ['192.0.2.2', 'GET /v1/costs'],
    [null, 'GET /v1/costs and 2 more'],
  ]);
});
