import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * Makes a new API key: `ca_live_`, 33 base62 characters from 192 random bits, and 6 base62 characters of their CRC-32.
 * The prefix lets secret scanners find leaked keys, and the checksum lets them tell a key from a look-alike offline.
 */
export function createApiKey(): string {
  const secret = toBase62(BigInt(`0x${randomBytes(24).toString('hex')}`), SECRET_LENGTH);
  return `${PREFIX}${secret}${checksum(secret)}`;
}

/** Returns the key when shape and checksum are right, and undefined for a typo or anything else. No look-up happens. */
export function parseApiKey(text: string): string | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  return checksum(match[1]!) === match[2] ? text : undefined;
}

const PREFIX = 'ca_live_';
const SECRET_LENGTH = 33;
const CHECKSUM_LENGTH = 6;
const SHAPE = new RegExp(`^${PREFIX}([0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`);
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function checksum(secret: string): string {
  return toBase62(BigInt(crc32(PREFIX + secret)), CHECKSUM_LENGTH);
}

function toBase62(value: bigint, length: number): string {
  let digits = '';
  for (let rest = value; rest > 0n; rest /= 62n) digits = ALPHABET[Number(rest % 62n)] + digits;
  return digits.padStart(length, '0');
}
