// What Rollup needs to turn the command line, which Node runs as TypeScript in this repository, into plain JavaScript.
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** TypeScript to JavaScript, exactly as Node does it here: the types become blanks, lines and columns stay. */
export const typescript = {
  name: 'typescript',
  transform: (code, id) =>
    id.endsWith('.ts') ? { code: stripTypeScriptTypes(code, { mode: 'strip', sourceUrl: id }), map: null } : null,
};

const FILE_BESIDE = /new URL\(\s*(['"])(?<path>[^'"]+)\1,\s*import\.meta\.url,?\s*\)/g;

/**
 * Data that a module reads at run time as `new URL('<file>', import.meta.url)` is laid beside the bundle under its base
 * name, and the module finds it there. Any other use of `import.meta` would look in the wrong place and is refused.
 */
export const dataFiles = {
  name: 'data-files',
  async transform(code, id) {
    if (!id.endsWith('.ts')) return null;
    let moved = code;
    for (const { 0: expression, groups } of code.matchAll(FILE_BESIDE)) {
      const file = fileURLToPath(new URL(groups.path, pathToFileURL(id)));
      const reference = this.emitFile({ type: 'asset', fileName: basename(file), source: await readFile(file) });
      moved = moved.replace(expression, `new URL(import.meta.ROLLUP_FILE_URL_${reference})`);
    }
    if (/import\.meta\b(?!\.ROLLUP_FILE_URL_)/.test(moved)) {
      this.error(`${id} uses import.meta for something else than new URL('<file>', import.meta.url)`);
    }
    return moved === code ? null : { code: moved, map: null };
  },
};

/** The program's own `package.json` is the one that lies beside the bundle, and is read there at run time. */
export const ownManifest = {
  name: 'own-manifest',
  resolveId: (source) => (source === '../package.json' ? { id: './package.json', external: true } : null),
};
