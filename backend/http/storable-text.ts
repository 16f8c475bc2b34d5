import { CloudActError } from '@cloudact/core/errors';
import type { App } from './app-type.ts';

/**
 * No store keeps U+0000 or half of a surrogate pair: a request with either, anywhere in its path, query string or body,
 * is refused as `request_invalid` before it is validated.
 */
export function registerStorableText(app: App): void {
  app.addHook('preValidation', async ({ params, query, body }) => {
    for (const part of [params, query, body]) check(part);
  });
}

/** Bodies of megabytes are refused before, so recursion goes no deeper than the parser of JSON did. */
function check(value: unknown): void {
  if (typeof value === 'string') {
    if (!value.includes('\0') && value.isWellFormed()) return;
    throw new CloudActError('request_invalid', {
      detail: 'A text of the request holds U+0000 or half of a surrogate pair. Leave that character out.',
    });
  }
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return;
  for (const [name, part] of Object.entries(value)) {
    check(name);
    check(part);
  }
}
