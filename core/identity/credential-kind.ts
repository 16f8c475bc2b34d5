import { decodeProtectedHeader } from 'jose';
import { serviceTokenType } from './service-token.ts';
import { widgetTokenType } from './widget-token.ts';

/**
 * What a credential looks like, so that the right verifier is asked; it says nothing about whether it is good. Undefined
 * for what is none of them, the root key among it, which has no form.
 */
export function credentialKind(credential: string): 'api_key' | 'widget' | 'service' | 'session' | undefined {
  if (credential.startsWith('ca_live_')) return 'api_key';
  if (!JWT.test(credential)) return undefined;
  switch (typeOf(credential)) {
    case widgetTokenType:
      return 'widget';
    case serviceTokenType:
      return 'service';
    default:
      return 'session';
  }
}

const JWT = /^[\w-]+\.[\w-]+\.[\w-]*$/;

function typeOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).typ;
  } catch {
    return undefined;
  }
}
