import { describe, expect, test } from 'vitest';
import { refuseOtherHosts } from './allowed-hosts.ts';

describe('refuseOtherHosts', () => {
  const allowed = ['sts.eu-west-1.amazonaws.com', '*.s3.eu-west-1.amazonaws.com'];

  test.each(['sts.eu-west-1.amazonaws.com', 'STS.EU-WEST-1.amazonaws.com.', 'bills.s3.eu-west-1.amazonaws.com'])(
    'passes %s',
    (host) => {
      expect(() => refuseOtherHosts(host, allowed)).not.toThrow();
    },
  );

  test.each([
    's3.eu-west-1.amazonaws.com',
    'a.b.s3.eu-west-1.amazonaws.com',
    'sts.eu-west-1.amazonaws.com.evil.example',
    'evil.example',
    '169.254.169.254',
    '',
  ])('refuses %s', (host) => {
    expect(() => refuseOtherHosts(host, allowed)).toThrow(expect.objectContaining({ code: 'source_denied' }));
  });
});
