import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { places, secretOf } from './fixtures/rotated-places.ts';
import { acme, globex, openVaults } from './vault-testing.ts';

const KILLS = 24;

test(`a rotation that is killed ${KILLS} times at any point loses nothing, and the next one goes on`, async () => {
  const at = await openVaults();
  for (const org of [acme, globex]) await at.sealing.createDataKey(org);
  for (const place of places) await at.sealing.seal(place, { password: secretOf(place) });
  await at.close();

  const whole = await killed(at.directory, Number.POSITIVE_INFINITY);
  for (let kill = 0; kill < KILLS; kill++) {
    await killed(at.directory, Math.floor(((kill + Math.random()) / KILLS) * whole));
  }

  const after = await openVaults(at.directory);
  await after.opening.rotateWrappingKey();
  await after.opening.rotateDataKeys();
  for (const place of places) expect(await after.opening.open(place)).toEqual({ password: secretOf(place) });
  const keys = await after.dataKeys();
  expect(keys.map(({ org_slug, retired_at }) => [org_slug, retired_at])).toEqual([
    [acme, null],
    [globex, null],
  ]);
  expect(await after.opening.wrappingKeysInUse()).toHaveLength(1);
  await after.remove();
}, 240_000);

/** Returns after how many turns of the event loop the process killed itself. */
async function killed(directory: string, turns: number): Promise<number> {
  const script = fileURLToPath(new URL('./fixtures/killed-rotation.ts', import.meta.url));
  const child = spawn(process.execPath, [script, directory, String(turns)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  expect(output).toMatch(/^\d+\n$/);
  return Number(output);
}
