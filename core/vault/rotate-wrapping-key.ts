import { statement } from '../identity/api-key-queries.ts';
import { authenticDataKey, withPrivateKey, wrappingContext } from './data-keys.ts';
import type { RotationOptions, RotationReport } from './port.ts';
import { allDataKeys, type DataKeyRow, rewrapDataKey } from './queries.ts';
import { type RotationTools, Unopened } from './rotation.ts';

/** See `OpeningVault.rotateWrappingKey`. What is done already is known by the wrapping key that it names. */
export async function rotateWrappingKey(
  tools: RotationTools,
  { onProgress, signal }: RotationOptions = {},
): Promise<RotationReport> {
  const rows = await tools.control.rows(allDataKeys, {});
  const unopened = new Unopened();
  let dataKeys = 0;
  for (const [done, row] of rows.entries()) {
    onProgress?.(done, rows.length);
    signal?.throwIfAborted();
    await unopened.note(async () => {
      if (await rewrap(tools, row)) dataKeys++;
    });
  }
  onProgress?.(rows.length, rows.length);
  unopened.throwIfAny();
  return { dataKeys, credentials: 0 };
}

async function rewrap({ control, wrapper, unwrapper, seal }: RotationTools, row: DataKeyRow): Promise<boolean> {
  const key = authenticDataKey(row, seal);
  if (await unwrapper.isNewest(key.wrapped)) return false;
  const { wrapped, wrappingKey } = await withPrivateKey(key, unwrapper, (privateKey) =>
    wrapper.wrap(privateKey, wrappingContext(key)),
  );
  // Nothing is changed when it was destroyed, or wrapped by another process, meanwhile.
  const [changed] = await control.write([
    statement(rewrapDataKey, {
      org: key.org,
      id: key.id,
      before: key.wrapped.wrapped,
      wrapped_private_key: wrapped,
      wrapping_key: wrappingKey,
    }),
  ]);
  return changed === 1;
}
