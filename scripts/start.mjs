// `npm start`: from a fresh clone to the living product. Prepares the tools, then hands over to demo-app/local.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, projectEnvironment, projectNode, root } from './workspace.mjs';

await ensureInstalled();

const child = spawn(projectNode, [join(root, 'demo-app/local/main.ts'), ...process.argv.slice(2)], {
  cwd: root,
  env: projectEnvironment(),
  stdio: 'inherit',
});
// A terminal sends Ctrl-C to the whole group, so the child hears it itself; this process only has to outlive it.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
