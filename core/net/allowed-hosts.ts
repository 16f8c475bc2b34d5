import { CloudActError } from '../errors.ts';

/**
 * Throws `source_denied` when a host that is about to be called fits none of the patterns; nothing has
 * been sent then. In a pattern `*` stands for one label (`*.blob.core.windows.net`). Case and a trailing dot do not count.
 */
export function refuseOtherHosts(hostname: string, allowed: readonly string[]): void {
  const labels = labelsOf(hostname);
  const fits = allowed.some((pattern) => {
    const expected = labelsOf(pattern);
    return (
      expected.length === labels.length && expected.every((label, index) => label === '*' || label === labels[index])
    );
  });
  if (fits) return;
  throw new CloudActError('source_denied', {
    detail: `The connection would call ${hostname}, which is none of its hosts (${allowed.join(', ')}). Nothing was sent. Check its settings.`,
  });
}

function labelsOf(hostname: string): string[] {
  return hostname.toLowerCase().replace(/\.$/, '').split('.');
}
