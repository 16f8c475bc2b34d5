#!/usr/bin/env node
// The published program's first file: any Node can read it, so that an old one says what it lacks.
import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const needed = engines.node.replace('>=', '');

if (isOlder(process.versions.node, needed)) {
  console.error(`cloudact needs Node ${needed} or newer; this is ${process.version}.`);
  process.exitCode = 1;
} else {
  await import('../cli/main.ts');
}

function isOlder(version, other) {
  const [major, minor] = version.split('.').map(Number);
  const [otherMajor, otherMinor] = other.split('.').map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
