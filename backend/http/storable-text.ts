import { CloudActError } from '@cloudact/core/errors';
import type { App } from './app-type.ts';

/**
 * No store keeps U+0000 or half of a surrogate pair: a request with either, anywhere in its path, query string or body,
 * is refused as `request_invalid` before it is validated. So is a body of more levels than any of ours has, which a few
 * bytes a level are enough for, and which whatever walks it in steps of its own would not survive.
 */
export function registerStorableText(app: App): void {
  app.addHook('preValidation', async ({ params, query, body }) => check([params, query, body]));
}

const MAXIMUM_DEPTH = 64;

function check(parts: readonly unknown[]): void {
  let level = parts;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAXIMUM_DEPTH) {
      throw new CloudActError('request_invalid', {
        detail: `The body of the request is nested more than ${MAXIMUM_DEPTH} levels deep. Send a flatter one.`,
      });
    }
    level = level.flatMap(partsOf);
  }
}

/** What a value consists of, names included; of a text, nothing. */
function partsOf(value: unknown): readonly unknown[] {
  if (typeof value === 'string') {
    if (!value.includes('\0') && value.isWellFormed()) return [];
    throw new CloudActError('request_invalid', {
      detail: 'A text of the request holds U+0000 or half of a surrogate pair. Leave that character out.',
    });
  }
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return [];
  return Object.entries(value).flat();
}
