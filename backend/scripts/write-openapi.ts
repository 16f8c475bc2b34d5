/** Writes backend/openapi.json: `node backend/scripts/write-openapi.ts`. */
import { writeFile } from 'node:fs/promises';
import { openApiText } from '../http/openapi.ts';
import { nowhere, openTestBackend } from '../testing/backend.ts';

const file = new URL('../openapi.json', import.meta.url);
// Nothing is asked of Supabase, so nothing has to run there.
const backend = await openTestBackend({}, nowhere);
try {
  await writeFile(file, openApiText(backend.app));
  console.log('backend/openapi.json is written.');
} finally {
  await backend.close();
}
