import { expect, test } from 'vitest';
import { isPrivateAddress, refusePrivateHost } from './private-addresses.ts';

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '::1',
  '::',
  'fd00::1',
  'fe80::1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '64:ff9b::10.0.0.1',
])('%s is private', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});

test('a host in a private network is refused by name and by address, before anything is sent', async () => {
  for (const host of ['localhost', '127.0.0.1', '[::1]', '2130706433', '0x7f000001']) {
    await expect(refusePrivateHost(host)).rejects.toMatchObject({ code: 'source_denied' });
  }
  await expect(refusePrivateHost('no-such-host.invalid')).rejects.toMatchObject({ code: 'source_unavailable' });
});
