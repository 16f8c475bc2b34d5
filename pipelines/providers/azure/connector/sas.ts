export interface Sas {
  storageAccount: string;
  container: string;
  /** Host suffix, for example `core.windows.net`. */
  cloud: string;
  /** The signature's parameters, without the question mark. */
  query: string;
  /** ISO 8601, UTC. */
  expiresAt: string;
  /** What is wrong with it; ends the sentence "the SAS …". */
  fault?: string;
}

/**
 * Reads the SAS URL of a container. A signature that allows more than reading and listing, or plain HTTP, is refused:
 * what is kept for years should be able to do nothing else.
 */
export function readSas(text: string): Sas {
  const url = new URL(text);
  const [storageAccount = '', , ...suffix] = url.hostname.split('.');
  const parameters = url.searchParams;
  const expiresAt = parameters.get('se') ?? '';
  const fault = faultOf(parameters, expiresAt);
  return {
    storageAccount,
    container: url.pathname.replace(/^\/|\/$/g, ''),
    cloud: suffix.join('.'),
    query: url.search.slice(1),
    expiresAt: Number.isNaN(Date.parse(expiresAt)) ? '' : new Date(expiresAt).toISOString(),
    ...(fault && { fault }),
  };
}

function faultOf(parameters: URLSearchParams, expiresAt: string): string | undefined {
  const permissions = [...(parameters.get('sp') ?? '')].sort().join('');
  if (parameters.has('si')) return 'must say its permissions itself, not by a stored access policy';
  if (permissions !== 'lr') return 'must allow Read and List and nothing else';
  if (parameters.get('spr') !== 'https') return 'must allow HTTPS only';
  if (parameters.has('sr') && parameters.get('sr') !== 'c') return 'must be one of the whole container';
  if (Number.isNaN(Date.parse(expiresAt))) return 'must say when it ends';
  return undefined;
}
