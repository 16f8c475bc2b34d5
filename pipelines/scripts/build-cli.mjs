// Builds the npm package `cloudact` in pipelines/dist: the command line as JavaScript, because Node strips no types
// below node_modules. Our own code is bundled; what comes from npm becomes a dependency of the package.
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { rollup } from 'rollup';
import { cli } from '../../rollup.config.mjs';

const root = new URL('../../', import.meta.url);
const dist = new URL('pipelines/dist/', root);

/** `fs.promises.glob` is stable from here on, and everything else that the command line uses is older. */
const NODE = '>=22.17';

const bundle = await rollup(cli);
const { output } = await bundle.generate(cli.output);
await bundle.close();

const manifest = await packageManifest(output);
await rm(dist, { recursive: true, force: true });
await mkdir(dist);
for (const file of output) await write(file.fileName, file.type === 'chunk' ? file.code : file.source);
await write('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
await write('README.md', await readme());
await write('NOTICE.md', await notice());
await write('LICENSE', await text('LICENSE'));
await chmod(new URL('cloudact.js', dist), 0o755);

async function packageManifest(output) {
  const { version, license } = await json('pipelines/package.json');
  return {
    name: 'cloudact',
    version,
    description: 'Turns provider bills into FOCUS 1.3, tied to the bill to the last digit, and checks FOCUS files.',
    keywords: ['finops', 'focus', 'cloud-cost', 'billing', 'aws', 'cur', 'azure', 'gcp', 'oci', 'cli'],
    license,
    type: 'module',
    bin: { cloudact: './cloudact.js' },
    // A command, not a library: nothing of it can be imported.
    exports: { './package.json': './package.json' },
    files: [...output.map(({ fileName }) => fileName), 'NOTICE.md'],
    engines: { node: NODE },
    dependencies: await dependencies(output, ({ imports = [] }) => imports),
    // What `run` fetches with, one provider each: nobody needs all of them, and most need none.
    ...(await optionalPeers(output)),
  };
}

async function optionalPeers(output) {
  const peerDependencies = await dependencies(output, ({ dynamicImports = [] }) => dynamicImports);
  const names = Object.keys(peerDependencies);
  return {
    peerDependencies,
    peerDependenciesMeta: Object.fromEntries(names.map((name) => [name, { optional: true }])),
  };
}

/** The packages that chunks import so, in the versions that the workspaces ask for. */
async function dependencies(output, importsOf) {
  const asked = await Promise.all(
    ['core', 'pipelines'].map(async (workspace) => (await json(`${workspace}/package.json`)).dependencies),
  );
  const own = new Set(output.map(({ fileName }) => fileName));
  const names = output.flatMap((chunk) =>
    importsOf(chunk)
      .filter((id) => !/^(node:|\.)/.test(id) && !own.has(id))
      .map(packageName),
  );
  return Object.fromEntries(
    [...new Set(names)].sort().map((name) => {
      const versions = new Set(asked.map((dependencies) => dependencies[name]).filter(Boolean));
      if (versions.size !== 1) {
        throw new Error(`${name} must be a dependency of core or pipelines, in one version; found: ${[...versions]}`);
      }
      return [name, [...versions][0]];
    }),
  );
}

function packageName(id) {
  return id
    .split('/')
    .slice(0, id.startsWith('@') ? 2 : 1)
    .join('/');
}

/** What pipelines/README.md says to somebody who uses the command. */
async function readme() {
  const [, ...sections] = (await text('pipelines/README.md')).split(/^(?=## )/m);
  const parts = ['Command line', 'Validate', 'Formats', 'What is unreadable'].map((title) => {
    const section = sections.find((section) => section.startsWith(`## ${title}\n`));
    if (!section) throw new Error(`pipelines/README.md has no section "${title}"; the package's README is made of it`);
    return (
      section
        .split(/\n{2,}/)
        .filter((paragraph) => !paragraph.startsWith('In this repository:'))
        .join('\n\n')
        // The pages of the formats stay in the repository.
        .replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1')
        .replace('Each page says how the rows of its source become charges, and which columns stay null and why. ', '')
        .trim()
    );
  });
  return `# cloudact

Provider bills in, FOCUS 1.3 out, and a check for FOCUS files. Every conversion ties to the bill: the sum of \`BilledCost\`
equals what the source says was billed, to the last digit, per billing period and currency, or nothing is written.
Everything happens on your machine; no file leaves it.

\`\`\`
npx cloudact convert <files…> --out focus.parquet
npx cloudact validate focus.parquet
\`\`\`

It needs Node ${NODE.replace('>=', '')} or newer.

${parts.join('\n\n')}
`;
}

/** FOCUS is licensed CC-BY-4.0: its notices go where its words go. */
async function notice() {
  const [rules, columns] = await Promise.all(
    ['pipelines/focus/validate/NOTICE.md', 'core/focus/NOTICE.md'].map(async (path) =>
      (await text(path)).replace(/^# .*\n/, '').trim(),
    ),
  );
  return `# Notice\n\n## requirements-1.3.jsonl\n\n${rules}\n\n## core/focus, in main.js\n\n${columns}\n`;
}

function text(path) {
  return readFile(new URL(path, root), 'utf8');
}

async function json(path) {
  return JSON.parse(await text(path));
}

function write(name, content) {
  return writeFile(new URL(name, dist), content);
}
