import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fingerprintOf, openAnswer, sealAnswer } from './kept-answer.ts';

const secret = 'idempotency-secret-of-the-tests-0123456789';
const place = { principal: 'acme_inc/api_key:key_1', key: 'k', fingerprint: 'f'.repeat(64) };
const answer = { contentType: 'application/json', location: null, body: '{"key":"ca_live_canary"}' };

it('an answer opens in its own place, under its own secret, and nowhere else', () => {
  const sealed = sealAnswer(secret, place, answer);
  expect(openAnswer(secret, place, sealed)).toEqual(answer);
  const wrong = [
    () => openAnswer(`${secret}x`, place, sealed),
    () => openAnswer(secret, { ...place, principal: 'other_inc/api_key:key_1' }, sealed),
    () => openAnswer(secret, { ...place, key: 'l' }, sealed),
    () => openAnswer(secret, { ...place, fingerprint: 'e'.repeat(64) }, sealed),
  ];
  for (const open of wrong) expect(open).toThrow(expect.objectContaining({ code: 'conflict' }));
});

it('what is kept shows nothing of the answer, and never twice the same', () => {
  const sealed = [sealAnswer(secret, place, answer), sealAnswer(secret, place, answer)];
  for (const text of sealed) expect(Buffer.from(text, 'base64url').toString('latin1')).not.toContain('canary');
  expect(sealed[0]).not.toBe(sealed[1]);
});

it('a changed byte, and any other text, does not open', () => {
  const sealed = Buffer.from(sealAnswer(secret, place, answer), 'base64url');
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = Buffer.from(sealed);
      changed[at]! ^= flip;
      expect(() => openAnswer(secret, place, changed.toString('base64url'))).toThrow('can no longer be shown');
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => openAnswer(secret, place, text)).toThrow('can no longer be shown');
    }),
  );
});

it('requests have the same fingerprint only when they ask for the same', () => {
  const request = { method: 'POST', route: '/v1/x/:id', params: { id: 'a' }, query: {}, body: { name: 'n' } };
  const same = fingerprintOf(structuredClone(request));
  expect(fingerprintOf(request)).toBe(same);
  for (const change of [{ method: 'PUT' }, { route: '/v1/y/:id' }, { params: { id: 'b' } }, { query: { a: '1' } }]) {
    expect(fingerprintOf({ ...request, ...change })).not.toBe(same);
  }
  for (const body of [undefined, null, {}, { name: 'm' }, { name: 'n', more: true }, '{"name":"n"}']) {
    expect(fingerprintOf({ ...request, body })).not.toBe(same);
  }
});
