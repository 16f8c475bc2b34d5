// Measures what a visitor downloads, writes SIZES.md and fails over size-budget.json (KiB, gzip -9).
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import resolve from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';

export async function measure(root) {
  const budget = JSON.parse(await readFile(new URL('size-budget.json', root), 'utf8'));
  const cdn = new URL('dist-cdn/', root);
  const chunks = (await readdir(new URL('chunks/', cdn))).filter((file) => file.endsWith('.js'));
  const text = (url) => readFile(url, 'utf8');
  const code = {
    'cdn-entry': await text(new URL('cloudact.js', cdn)),
    'cdn-chart': (await Promise.all(chunks.map((file) => text(new URL(`chunks/${file}`, cdn))))).join(''),
    provider: await bundle(root, ['components/provider/provider.js']),
    'cost-table': await bundle(root, ['components/cost-table/cost-table.js']),
    'cost-trend': await bundle(root, ['components/cost-trend/cost-trend.js']),
    react: await bundle(root, ['react/index.js'], /^(?!.*(\/dist\/react\/|@lit\/react))/),
    locale: await bundle(root, ['locales/de.js'], /localize/),
  };

  const rows = Object.entries(budget).map(([key, { what, limit }]) => {
    const bytes = Buffer.from(code[key]);
    return { what, limit, plain: kib(bytes.length), zipped: kib(gzipSync(bytes, { level: 9 }).length) };
  });
  const lines = rows.map(({ what, limit, plain, zipped }) => `| ${what} | ${plain} | ${zipped} | ${limit} |`);
  await writeFile(
    new URL('SIZES.md', root),
    `# Sizes

KiB (1024 bytes), minified. Written by \`npm run build -w widgets\`, which fails over a limit of \`size-budget.json\`.

| What | Minified | gzip -9 | Limit |
| --- | ---: | ---: | ---: |
${lines.join('\n')}
`,
  );
  const over = rows.filter(({ zipped, limit }) => Number(zipped) > limit);
  for (const { what, zipped, limit } of over)
    console.error(`Over its budget: ${what}: ${zipped} KiB, limit ${limit} KiB.`);
  if (over.length > 0) process.exitCode = 1;
}

/** What a host's bundler makes of an entry; lazy chunks are not counted. */
async function bundle(root, entries, external = /^$/) {
  const build = await rollup({
    input: entries.map((entry) => fileURLToPath(new URL(`dist/${entry}`, root))),
    external: (id, _, resolved) => resolved && external.test(id),
    onwarn: () => {},
    plugins: [
      replace({ preventAssignment: true, values: { 'process.env.NODE_ENV': JSON.stringify('production') } }),
      resolve({ browser: true, exportConditions: ['production', 'browser'] }),
      ignoreLazy,
      terser({ ecma: 2022, module: true }),
    ],
  });
  const { output } = await build.generate({ format: 'esm' });
  await build.close();
  return output[0].code;
}

const ignoreLazy = { name: 'ignore-lazy', resolveDynamicImport: () => false };

const kib = (bytes) => (bytes / 1024).toFixed(1);

if (import.meta.main) await measure(new URL('../', import.meta.url));
