import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { settingsInvalid } from '../../settings.ts';
import { fields, type OciSettings } from './settings.ts';

/**
 * The RSA key that signs requests. Throws `settings_invalid` when the PEM text is no such key or its passphrase is
 * missing or wrong.
 */
export function readKey({ privateKey, passphrase }: OciSettings): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: privateKey, ...(passphrase !== undefined && { passphrase }) });
  } catch {
    const encrypted = /ENCRYPTED/.test(privateKey);
    const [column, reason] =
      encrypted && passphrase === undefined
        ? ['passphrase', 'is missing: the private key is encrypted']
        : encrypted
          ? ['passphrase', 'does not open the private key']
          : ['privateKey', 'cannot be read: paste the whole PEM file'];
    throw settingsInvalid(fields, [{ column, reason }]);
  }
  if (key.asymmetricKeyType !== 'rsa') {
    throw settingsInvalid(fields, [{ column: 'privateKey', reason: 'must be an RSA key' }]);
  }
  return key;
}

/** The fingerprint that Oracle shows for the key: MD5 over the public key in DER form. */
export function fingerprintOf(key: KeyObject): string {
  const der = createPublicKey(key.export({ type: 'pkcs8', format: 'pem' })).export({ type: 'spki', format: 'der' });
  return createHash('md5').update(der).digest('hex').match(/../g)!.join(':');
}
