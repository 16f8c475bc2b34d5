/** One text for all that a price depends on but for the day. */
export function questionKeySql(row: string): string {
  const parts = ['model', 'meter', 'tier', 'context_window', 'geography', 'speed'];
  return `concat_ws(chr(31), ${parts.map((name) => `COALESCE(${row}.${name}, '')`).join(', ')})`;
}
