import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import resolve from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';
import terser from '@rollup/plugin-terser';
import { dataFiles, ownManifest, typescript } from './pipelines/scripts/rollup-plugins.mjs';

const folder = (name) => fileURLToPath(new URL(`widgets/${name}`, import.meta.url));
// `tsc` has written widgets/build: one module and its map per source file.
const modules = () =>
  readdirSync(folder('build'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
const isEntry = (file) =>
  file === 'index.js' || /^components\/([^/]+)\/\1(\.element)?\.js$/.test(file) || /^(react|locales)\//.test(file);

/** The widgets for npm: a file per module, dependencies and minifying left to the host's bundler. */
const npm = () => ({
  input: Object.fromEntries(
    modules()
      .filter(isEntry)
      .map((file) => [file.replace(/\.js$/, ''), `${folder('build')}/${file}`]),
  ),
  external: /^(tslib|lit|@lit|@tanstack|echarts|react)(\/|$)/,
  onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
  output: {
    dir: folder('dist'),
    format: 'esm',
    preserveModules: true,
    preserveModulesRoot: folder('build'),
    sourcemap: true,
    // Rollup drops module directives; without this one Next.js takes the wrappers for server components.
    banner: ({ name }) => (name.startsWith('react/') ? "'use client';" : ''),
  },
});

/** The widgets for a script tag: one file and the lazy chart chunk, everything included. */
const cdn = {
  input: { cloudact: `${folder('build')}/cdn.js` },
  plugins: [
    replace({ preventAssignment: true, values: { 'process.env.NODE_ENV': JSON.stringify('production') } }),
    // `sideEffects` in the manifest speaks of dist/; what is bundled here is build/, whose registrations must stay.
    resolve({
      browser: true,
      exportConditions: ['production', 'browser'],
      rootDir: folder(''),
      ignoreSideEffectsForRoot: true,
    }),
    terser({ ecma: 2022, module: true, compress: { passes: 2 }, format: { comments: false } }),
  ],
  output: {
    dir: folder('dist-cdn'),
    format: 'esm',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  },
};

/** The command line for npm: our own code in one file, packages left outside. `pipelines/scripts/build-cli.mjs` runs it. */
export const cli = {
  input: { cloudact: fileURLToPath(new URL('pipelines/scripts/bin.js', import.meta.url)) },
  external: /^(?!@cloudact\/)(@[^/]+\/)?[a-z]/,
  plugins: [ownManifest, typescript, dataFiles, resolve({ resolveOnly: [/^@cloudact\//] })],
  treeshake: { moduleSideEffects: 'no-external' },
  onwarn: ({ message }) => {
    throw new Error(message);
  },
  output: { format: 'esm', importAttributesKey: 'with', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
};

export default () => (process.env.NPM_ONLY ? npm() : [npm(), cdn]);
