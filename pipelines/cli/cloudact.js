#!/usr/bin/env node
// The one file of the command line that any Node can read: it makes sure that Node 24 runs the rest, which is TypeScript.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const NEEDED = 24;

if (Number(process.versions.node.split('.')[0]) >= NEEDED) await import('./main.ts');
else runWithNewerNode();

function runWithNewerNode() {
  const node = packagedNode();
  if (!node) {
    console.error(
      `cloudact needs Node ${NEEDED} or newer; this is ${process.version}. Install it, or run "npm install" here, which brings it.`,
    );
    process.exit(1);
  }
  const child = spawn(node, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, CLOUDACT_NODE: node },
  });
  // The terminal sends its signals to both processes; ours waits for the other to end in order.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`cloudact cannot start ${node}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    process.exit(code ?? (signal === 'SIGINT' ? 130 : 1));
  });
}

/** The binary of the `node` package, unless that is what just ran. */
function packagedNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const node = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return process.env.CLOUDACT_NODE === node ? undefined : node;
  } catch {
    return undefined;
  }
}
