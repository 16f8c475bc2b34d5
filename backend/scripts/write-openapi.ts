/** Writes backend/openapi.json: `node backend/scripts/write-openapi.ts`. */
import { writeFile } from 'node:fs/promises';
import { openApiText } from '../http/openapi.ts';
import { openTestBackend } from '../testing/backend.ts';

const file = new URL('../openapi.json', import.meta.url);
const backend = await openTestBackend();
try {
  await writeFile(file, openApiText(backend.app));
  console.log('backend/openapi.json is written.');
} finally {
  await backend.close();
}
