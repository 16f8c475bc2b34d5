// Writes src/api/schema.generated.ts from the API's OpenAPI file; `--check` only says whether it is up to date.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../../backend/openapi.json', import.meta.url);
const target = new URL('../src/api/schema.generated.ts', import.meta.url);

const ast = await openapiTS(source, { alphabetize: false, defaultNonNullable: false });
const text = `// Generated from backend/openapi.json by scripts/api-types.mjs.\n\n${astToString(ast)}`;

if (!process.argv.includes('--check')) {
  await writeFile(target, text);
} else if ((await readFile(target, 'utf8')) !== text) {
  console.error('The API has changed: run `node widgets/scripts/api-types.mjs`.');
  process.exitCode = 1;
}
