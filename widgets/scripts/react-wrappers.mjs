// Writes src/react/<name>.ts for every element of custom-elements.json. Runs before `tsc`.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';

const HEADER = `'use client';\n// Generated from custom-elements.json by scripts/react-wrappers.mjs.\n`;

/** `root` is the URL of the package's folder. */
export async function writeReactWrappers(root) {
  const manifest = JSON.parse(await readFile(new URL('custom-elements.json', root), 'utf8'));
  const elements = manifest.modules
    .flatMap(({ path, declarations }) => declarations.map((declaration) => ({ ...declaration, path })))
    .filter(({ customElement, tagName }) => customElement && tagName);
  const folder = new URL('src/react/', root);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const element of elements) await writeFile(new URL(`${fileName(element)}.ts`, folder), wrapper(element));
  const exports = elements.map((element) => `export * from './${fileName(element)}.js';`);
  await writeFile(new URL('index.ts', folder), `${HEADER}${exports.join('\n')}\n`);
}

const fileName = ({ tagName }) => tagName.replace(/^cloudact-/, '');

/** cloudact-period-select → onPeriodSelect */
const handlerName = ({ name }) =>
  `on${name.replace(/^cloudact/, '').replace(/-(\w)/g, (_, letter) => letter.toUpperCase())}`;

function wrapper({ name, tagName, path, events = [], summary }) {
  const entry = path.replace(/^src\//, '../').replace(/\.element\.ts$/, '.js');
  const types = [...new Set(events.map(({ type }) => type.text))].sort();
  const handlers = events.map(
    (event) => `    ${handlerName(event)}: '${event.name}' as EventName<${event.type.text}>,`,
  );
  return `${HEADER}import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { ${name} as Element } from '${entry}';
import type { ${types.join(', ')} } from '../events.js';

/** ${summary} */
export const ${name} = createComponent({
  react: React,
  tagName: '${tagName}',
  elementClass: Element,
  displayName: '${name}',
  events: {
${handlers.join('\n')}
  },
});
`;
}
