import { createHash } from 'node:crypto';

/**
 * What the secrets of an integration are bound to besides their place: SHA-256, hexadecimal, of the settings that decide
 * which server the secrets go to; null where a connector has none of these. Settings that change what it gives leave the
 * secrets sealed for ever, so that nobody has those of others sent to a server of their own.
 */
export function hostHash(
  fields: readonly { readonly name: string; readonly decidesHost?: boolean }[],
  settings: Readonly<Record<string, unknown>>,
): string | null {
  const names = fields.filter(({ decidesHost }) => decidesHost).map(({ name }) => name);
  if (names.length === 0) return null;
  const pairs = names.sort().map((name) => [name, Object.hasOwn(settings, name) ? String(settings[name]) : null]);
  return createHash('sha256').update(JSON.stringify(pairs)).digest('hex');
}
