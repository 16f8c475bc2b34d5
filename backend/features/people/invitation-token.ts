import { createHash, randomBytes } from 'node:crypto';

/** The secret in the link of an invitation: 256 random bits, base64url. */
export function createInvitationToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of it: SHA-256, hexadecimal. A random secret of this length needs no slow hash. */
export function hashInvitationToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
