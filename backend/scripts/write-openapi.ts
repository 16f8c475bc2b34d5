/** Writes backend/openapi.json: `node backend/scripts/write-openapi.ts`. */
import { writeFile } from 'node:fs/promises';
import { supabaseOrganisationDirectory } from '@cloudact/core/metadata';
import { openApiText } from '../http/openapi.ts';
import { openTestBackend } from '../testing/backend.ts';

const file = new URL('../openapi.json', import.meta.url);
// Nothing is asked of the directory, so nothing has to run there.
const organisations = supabaseOrganisationDirectory({ url: 'http://127.0.0.1:9', serviceRoleKey: 'unused' });
const backend = await openTestBackend({ organisations });
try {
  await writeFile(file, openApiText(backend.app));
  console.log('backend/openapi.json is written.');
} finally {
  await backend.close();
}
