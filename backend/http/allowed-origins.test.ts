import { CloudActError } from '@cloudact/core/errors';
import { beforeEach, expect, it } from 'vitest';
import { openAllowedOrigins } from './allowed-origins.ts';

const customer = 'https://customer.example.com';
let time: number;
let reads: number;
let read: () => ReadonlySet<string>;
beforeEach(() => {
  time = 1_000_000;
  reads = 0;
  read = () => new Set([customer]);
});

const open = (...configured: string[]) =>
  openAllowedOrigins({
    configured,
    metadata: {
      async allowedOrigins() {
        reads++;
        return read();
      },
    },
    now: () => new Date(time),
  });

it('origins of the configuration are allowed without asking anybody, and a star allows all', async () => {
  expect(await open('https://own.example.com').allows('https://own.example.com')).toBe(true);
  expect(await open('*').allows('https://any.example.com')).toBe(true);
  expect(reads).toBe(0);
});

it('origins of organisations are read once for all requests of 30 seconds', async () => {
  const origins = open();
  const answers = await Promise.all([origins.allows(customer), origins.allows('https://evil.example.com')]);
  expect(answers).toEqual([true, false]);
  time += 29_999;
  expect(await origins.allows(customer)).toBe(true);
  expect(reads).toBe(1);
  read = () => new Set();
  time += 1;
  expect(await origins.allows(customer)).toBe(false);
});

it('while they cannot be read, those that were read last hold', async () => {
  const origins = open();
  await origins.allows(customer);
  read = () => {
    throw new CloudActError('unavailable', { detail: 'Supabase does not answer.' });
  };
  time += 60_000;
  expect(await origins.allows(customer)).toBe(true);
  expect(await origins.allows('https://evil.example.com')).toBe(false);
  expect(reads).toBe(2);
});
