import { expect, test } from 'vitest';
import { hostHash } from './host-hash.ts';

const fields = [{ name: 'region', decidesHost: true }, { name: 'account' }, { name: 'address', decidesHost: true }];
const settings = { address: 'https://a.example', region: 'eu', account: 'acme' };
const hash = hostHash(fields, settings);

test('it differs by every setting that decides the server, and by these alone', () => {
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(hostHash(fields, { ...settings, account: 'other' })).toBe(hash);
  expect(hostHash([...fields].reverse(), settings)).toBe(hash);
  const others = [
    { ...settings, address: 'https://b.example' },
    { ...settings, region: 'us' },
    { address: settings.address },
    { address: settings.region, region: settings.address },
    {},
  ];
  expect(new Set([hash, ...others.map((other) => hostHash(fields, other))]).size).toBe(others.length + 1);
});

test('a connector whose settings decide no server has none', () => {
  expect(hostHash([{ name: 'account' }], settings)).toBeNull();
});
