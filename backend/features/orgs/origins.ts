import { CloudActError } from '@cloudact/core/errors';

/**
 * Checks origins of pages that may show widgets: `https://host[:port]`, or `http` on this machine, as browsers write
 * them. Throws `request_invalid` with every one that is not.
 */
export function checkOrigins(origins: readonly string[]): void {
  const faults = origins.flatMap((origin, index) => {
    const reason = faultOf(origin);
    return reason === undefined ? [] : [{ column: `allowed_origins/${index}`, reason }];
  });
  if (faults.length === 0) return;
  throw new CloudActError('request_invalid', {
    detail:
      'An origin is scheme, host and, if it is not the usual one, port: https://portal.example.com. http is for localhost alone.',
    faults,
  });
}

function faultOf(text: string): string | undefined {
  if (!URL.canParse(text)) return 'is not an origin';
  const { origin, protocol, hostname } = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && LOCAL.has(hostname))) return 'must begin with https://';
  if (hostname.includes('*')) return 'must name one host';
  return origin === text ? undefined : `must be written ${origin}`;
}

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);
