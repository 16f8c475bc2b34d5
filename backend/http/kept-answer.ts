import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { CloudActError } from '@cloudact/core/errors';

/** What of an answer is given again to the same request. */
export interface KeptAnswer {
  readonly contentType: string | null;
  readonly location: string | null;
  readonly body: string;
}

/** Whose answer it is, and to which request. */
export interface AnswerPlace {
  readonly principal: string;
  readonly key: string;
  readonly fingerprint: string;
}

/**
 * An answer as it is kept: it may show an API key, so it opens for nobody who has only the database, and not in the
 * place of another one. AES-256-GCM under HKDF-SHA-256 of the secret, principal and key.
 */
export function sealAnswer(secret: string, place: AnswerPlace, answer: KeptAnswer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(secret, place), nonce).setAAD(Buffer.from(place.fingerprint));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Throws `conflict` when it does not open, which is what happens to all of them when the secret is changed. */
export function openAnswer(secret: string, place: AnswerPlace, sealedAnswer: string): KeptAnswer {
  try {
    const bytes = Buffer.from(sealedAnswer, 'base64url');
    const [nonce, tag] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)];
    const decipher = createDecipheriv('aes-256-gcm', sealingKey(secret, place), nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place.fingerprint))
      .setAuthTag(tag);
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return JSON.parse(text.toString('utf8')) as KeptAnswer;
  } catch (cause) {
    throw new CloudActError('conflict', {
      detail:
        'The request was done before, and its answer can no longer be shown. Look at what it made; send another Idempotency-Key to do it anew.',
      cause,
    });
  }
}

/** SHA-256 of everything that makes one request another, hexadecimal. */
export function fingerprintOf(request: {
  method: string;
  route: string;
  params: unknown;
  query: unknown;
  body: unknown;
}): string {
  const { method, route, params, query, body } = request;
  return createHash('sha256')
    .update(JSON.stringify([method, route, params, query, body ?? null]))
    .digest('hex');
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function sealingKey(secret: string, { principal, key }: AnswerPlace): Buffer {
  const info = JSON.stringify(['cloudact:kept-answer:v1', principal, key]);
  // Node takes 1,024 bytes of info at most; the place may be longer.
  const digest = createHash('sha256').update(info).digest();
  return Buffer.from(hkdfSync('sha256', secret, '', digest, 32));
}
