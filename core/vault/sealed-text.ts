import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { CloudActError } from '../errors.ts';
import type { SecretPlace } from './port.ts';

/** The two halves of a data key, 32 bytes each. */
export interface KeyPair {
  publicKey: Uint8Array;
  privateKey: Uint8Array;
}

export async function makeKeyPair(): Promise<KeyPair> {
  const pair = await suite.kem.generateKeyPair();
  return {
    publicKey: new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)),
    privateKey: new Uint8Array(await suite.kem.serializePrivateKey(pair.privateKey)),
  };
}

/**
 * Seals a value for its place (HPKE, RFC 9180, base mode). What comes out says its version and algorithm:
 * `v1.hpke-x25519-hkdf-sha256-aes-256-gcm.` and base64 of the encapsulated key (32 bytes) and the ciphertext.
 */
export async function sealText(publicKey: Uint8Array, place: SecretPlace, value: string): Promise<string> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(publicKey.slice());
  const bytes = utf8.encode(value);
  try {
    const { enc, ct } = await suite.seal({ recipientPublicKey, info: INFO }, bytes, placeBytes(place));
    return PREFIX + Buffer.concat([new Uint8Array(enc), new Uint8Array(ct)]).toString('base64');
  } finally {
    bytes.fill(0);
  }
}

/** Throws `vault_sealed` for every text that was not sealed for this key and this place, whatever it is. */
export async function openText(privateKey: Uint8Array, place: SecretPlace, sealed: string): Promise<string> {
  const parts = readSealedText(sealed);
  if (parts === undefined) throw notOpened(place);
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(privateKey.slice());
    const opened = await suite.open({ recipientKey, enc: parts.enc, info: INFO }, parts.ct, placeBytes(place));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(opened);
  } catch (error) {
    throw notOpened(place, error);
  }
}

/** What to say about a credential that does not open: where it is, and never what it is. */
export function notOpened({ org, integrationId, field }: SecretPlace, cause?: unknown): CloudActError {
  return new CloudActError('vault_sealed', {
    detail: `The credential "${field}" of integration ${integrationId} of ${org} does not open: it is damaged, was moved, was entered for another server, or its data key is gone. Enter the integration's credentials again.`,
    cause,
  });
}

const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const PREFIX = 'v1.hpke-x25519-hkdf-sha256-aes-256-gcm.';
const utf8 = new TextEncoder();
const INFO = utf8.encode('cloudact:v1');
const ENCAPSULATED_BYTES = 32;
const TAG_BYTES = 16;

/** JSON, because no two places have the same: what separates the parts cannot stand unescaped in one. */
function placeBytes({ org, integrationId, provider, host, field }: SecretPlace): Uint8Array<ArrayBuffer> {
  return utf8.encode(JSON.stringify([org, integrationId, provider, host, field]));
}

function readSealedText(sealed: string): { enc: Uint8Array<ArrayBuffer>; ct: Uint8Array<ArrayBuffer> } | undefined {
  if (!sealed.startsWith(PREFIX)) return undefined;
  const base64 = sealed.slice(PREFIX.length);
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  // Decoding is lenient: only the one spelling of these bytes is what was sealed.
  if (Buffer.from(bytes).toString('base64') !== base64) return undefined;
  if (bytes.length < ENCAPSULATED_BYTES + TAG_BYTES) return undefined;
  return { enc: bytes.slice(0, ENCAPSULATED_BYTES), ct: bytes.slice(ENCAPSULATED_BYTES) };
}
