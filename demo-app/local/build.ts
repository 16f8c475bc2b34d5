import { CloudActError } from '@cloudact/core/errors';
import { contentHash, onceFor, run } from '../../scripts/workspace.mjs';

/** Builds the widgets' npm package from its sources, unless what is there was built from the same. */
export async function buildWidgets(): Promise<void> {
  await onceFor('widgets/dist/.built-from', widgetsHash(), () => build('widgets', ['--', '--npm-only']));
}

/** Builds the pages, unless what is there was built from the same pages and widgets. */
export async function buildPages(): Promise<void> {
  const hash =
    widgetsHash() +
    contentHash([
      'demo-app/app',
      'demo-app/components',
      'demo-app/lib',
      'demo-app/public',
      'demo-app/proxy.ts',
      'demo-app/next.config.ts',
      'demo-app/tsconfig.json',
      'demo-app/package.json',
    ]);
  await onceFor('demo-app/.next/.built-from', hash, () => build('demo-app', []));
}

function widgetsHash(): string {
  return contentHash(
    [
      'widgets/src',
      'widgets/scripts',
      'widgets/package.json',
      'widgets/tsconfig.json',
      'widgets/tsconfig.build.json',
      'widgets/cem.config.mjs',
      'tsconfig.json',
      'rollup.config.mjs',
      'package-lock.json',
    ],
    {
      ignore: ['/react/', '.test.ts', '.stories.ts'],
    },
  );
}

async function build(workspace: string, args: string[]): Promise<void> {
  const { code, output } = await run('npm', ['run', 'build', '-w', workspace, '--silent', ...args], { quiet: true });
  if (code !== 0)
    throw new CloudActError('internal', { detail: `${workspace} could not be built:\n${output.slice(-4000)}` });
}
