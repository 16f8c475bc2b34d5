import { expect, test } from 'vitest';
import { type LoadProgress, whileReporting } from './stages.ts';

test('progress never goes back within a stage, though each of its statements starts at 0', async () => {
  const reported: LoadProgress[] = [];
  const parts = [0, 0.9, 0, 0.2];
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const part = () => {
    if (parts.length === 1) resolve();
    return parts.shift() ?? 0;
  };
  await whileReporting(
    'checking',
    {},
    (step) => reported.push(step),
    part,
    () => asked,
  );
  const shares = reported.map(({ share }) => share);
  expect(shares).toHaveLength(4);
  expect(shares).toEqual([...shares].sort((left, right) => left - right));
});
