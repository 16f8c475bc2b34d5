import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createApiKey } from './api-key.ts';
import { credentialKind } from './credential-kind.ts';

const jwt = (header: string) => `${Buffer.from(header).toString('base64url')}.e30.c2lnbmF0dXJl`;

it.each([
  ['an API key', createApiKey(), 'api_key'],
  ['a widget token', jwt('{"typ":"cloudact-widget+jwt"}'), 'widget'],
  ['a service token', jwt('{"typ":"cloudact-service+jwt"}'), 'service'],
  ['a session', jwt('{"typ":"JWT"}'), 'session'],
  ['a token without a type', jwt('{}'), 'session'],
  ['a token of an unknown type', jwt('{"typ":"constructor"}'), 'session'],
  ['a token whose header is no JSON', 'e30x.e30.c2ln', 'session'],
  ['a text', 'nonsense', undefined],
  ['an encrypted token, which has five parts', 'a.b.c.d.e', undefined],
  ['nothing', '', undefined],
])('%s is known by its form', (_name, credential, kind) => {
  expect(credentialKind(credential)).toBe(kind);
});

it('no text makes it throw, whatever a header says', () => {
  const header = fc.oneof(fc.json(), fc.string()).map(jwt);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), header), (credential) => {
      expect(['api_key', 'widget', 'service', 'session', undefined]).toContain(credentialKind(credential));
    }),
  );
});
