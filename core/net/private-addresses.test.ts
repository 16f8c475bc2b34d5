import { isIP } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPrivateAddress } from './private-addresses.ts';

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '203.0.113.7',
  '::1',
  '::',
  '::127.0.0.1',
  'fd00::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '0:0:0:0:0:ffff:7f00:1',
  '64:ff9b::10.0.0.1',
  '64:ff9b:1::8.8.8.8',
  '2002:7f00:1::',
  '2001:0:4136:e378::',
  '2001:db8::1',
  '168.63.129.16',
  '::ffff:168.63.129.16',
  '::ffff:0:127.0.0.1',
  '::ffff:0:8.8.8.8',
  '2001:10::1',
  '2001:2f:ffff::1',
  '3fff:fff::1',
  '5f00::1',
  'localhost',
  '',
])('%s is private', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each([
  '8.8.8.8',
  '168.63.129.17',
  '2001:30::1',
  '3fff:1000::1',
  '5f01::1',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700::1111',
  '2001:4860:4860::8888',
  '::ffff:8.8.8.8',
])('%s is public', (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});

test('an address is private in IPv6 spelling as it is in IPv4, mapped or behind NAT64', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const isPrivate = isPrivateAddress(address);
      for (const prefix of ['::ffff:', '64:ff9b::']) {
        expect(isIP(prefix + address)).toBe(6);
        expect(isPrivateAddress(prefix + address)).toBe(isPrivate);
      }
    }),
  );
});
