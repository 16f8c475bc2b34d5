import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backendVariables } from '@cloudact/backend';
import { pipelineServiceVariables } from '@cloudact/pipelines/service';
import { expect, it } from 'vitest';
import { envExample, path } from './env-example.ts';
import { root } from './workspace.mjs';

/** The servers' own source, tests left out. */
function sources(): { file: string; text: string }[] {
  return ['core', 'backend', 'pipelines'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.ts$/.test(file) && !/node_modules|dist\/|\.test\.ts$|testing\//.test(file))
      .map((file) => ({ file: join(room, file), text: readFileSync(join(root, room, file), 'utf8') })),
  );
}

it('.env.example has every variable, with what it means: node scripts/env-example.ts writes it', () => {
  expect(readFileSync(path, 'utf8')).toBe(envExample());
  for (const property of Object.values({ ...backendVariables.properties, ...pipelineServiceVariables.properties })) {
    expect(property).toHaveProperty('description', expect.stringMatching(/\S/));
  }
});

it('.env.example holds no secret', () => {
  const secrets = Object.entries({ ...backendVariables.properties, ...pipelineServiceVariables.properties }).filter(
    ([, property]) => 'isSecret' in property,
  );
  expect(secrets.length).toBeGreaterThan(8);
  for (const [name] of secrets) expect(envExample()).toMatch(new RegExp(`^(# )?${name}=$`, 'm'));
});

it('the environment is read where a process starts, and nowhere else', () => {
  const readers = sources().filter(({ text }) => text.includes('process.env'));
  expect(
    readers
      .map(({ file }) => file)
      .filter((file) => !/(^backend\/(main|scripts\/.+)|^pipelines\/(cli\/.+|service\/main))\.ts$/.test(file)),
  ).toEqual([]);
});

it('no variable turns authentication off', () => {
  const switches =
    /(DISABLE|SKIP|BYPASS|NO|WITHOUT|INSECURE|ALLOW)_?[A-Z_]*(AUTH|SECURITY)|(AUTH|SECURITY)[A-Z_]*(DISABLED?|OFF|OPTIONAL|ENABLED?)/;
  const names = Object.keys({ ...backendVariables.properties, ...pipelineServiceVariables.properties });
  expect(names.filter((name) => switches.test(name))).toEqual([]);
  const found = sources().filter(({ text }) =>
    [...text.matchAll(/\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b/g)].some(([name]) => switches.test(name)),
  );
  expect(found.map(({ file }) => file)).toEqual([]);
});
