import { CloudActError } from '../errors.ts';

/**
 * The credential of an `Authorization: Bearer …` header (RFC 6750). Throws `authentication_required` when there is no
 * header, `credential_invalid` when it has another form.
 */
export function bearerToken(authorization: string | undefined): string {
  if (authorization === undefined) {
    throw new CloudActError('authentication_required', {
      detail: 'Send an API key or a widget token in the header "Authorization: Bearer …".',
    });
  }
  const match = BEARER.exec(authorization);
  if (match === null) {
    throw new CloudActError('credential_invalid', {
      detail: 'The Authorization header must have the form "Bearer …" (RFC 6750).',
    });
  }
  return match[1]!;
}

const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]{1,8192}=*)$/i;
