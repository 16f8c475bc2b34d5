import { CloudActError } from '@cloudact/core/errors';

/** No month of any provider has so many pages: a cursor that never ends is a fault of the API. */
const MOST_PAGES = 100_000;

/**
 * All pages of a listing, in order. `read` is called with no cursor first, then with what the page before named; an empty
 * page is no end. Throws `source_incomplete` when a cursor comes back that was there already: the pages would go
 * round for ever.
 */
export async function* allPages<Page>(
  name: string,
  read: (cursor: string | undefined) => Promise<{ page: Page; next: string | null | undefined }>,
  signal?: AbortSignal,
): AsyncGenerator<Page> {
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    signal?.throwIfAborted();
    const { page, next } = await read(cursor);
    yield page;
    if (next === null || next === undefined || next === '') return;
    if (seen.has(next)) throw goesRound(name, next);
    seen.add(next);
    cursor = next;
  }
  throw goesRound(name, cursor ?? '');
}

function goesRound(name: string, cursor: string): CloudActError {
  return new CloudActError('source_incomplete', {
    detail: `The pages of ${name} do not come to an end: the next page ${JSON.stringify(cursor.slice(0, 80))} was there before. Nothing is loaded. Try again later; when it stays so, tell the provider.`,
  });
}
