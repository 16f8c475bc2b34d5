import { createHash, timingSafeEqual } from 'node:crypto';
import { CloudActError } from '../errors.ts';

export interface RootKey {
  /** Takes the same time whatever the text is. */
  matches(text: string): boolean;
}

/**
 * The operator's key, `CA_ROOT_API_KEY`. There is no default.
 * Throws `configuration_invalid` when it is missing, shorter than 32 bytes, or cannot travel in an Authorization header.
 */
export function openRootKey(secret: string | undefined): RootKey {
  if (secret === undefined || Buffer.byteLength(secret) < 32) {
    throw new CloudActError('configuration_invalid', {
      detail:
        'CA_ROOT_API_KEY must be set to at least 32 random bytes. Make one with: node -p "crypto.randomBytes(32).toString(\'base64url\')"',
    });
  }
  if (!TOKEN68.test(secret)) {
    throw new CloudActError('configuration_invalid', {
      detail: 'CA_ROOT_API_KEY may hold only letters, digits and - . _ ~ + / = (RFC 6750, section 2.1).',
    });
  }
  const expected = digest(secret);
  return { matches: (text) => timingSafeEqual(digest(text), expected) };
}

const TOKEN68 = /^[A-Za-z0-9\-._~+/]+=*$/;

/** Digests have one length, so that the comparison tells nothing about the length of the key. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
