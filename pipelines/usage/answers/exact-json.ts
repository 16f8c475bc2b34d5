/** What ES2025's JSON offers and TypeScript's library does not know yet: numbers with the digits of the text. */
interface SourceTextJson {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): unknown;
}
const sourceTextJson = JSON as unknown as SourceTextJson;

/**
 * Parses JSON without turning a number into a float: every number becomes a value that `JSON.stringify` writes with the
 * digits it was delivered with. Read one with {@link numberText}. Throws `SyntaxError`.
 */
export function parseExact(text: string): unknown {
  return sourceTextJson.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined ? sourceTextJson.rawJSON(source) : value,
  );
}

/** The digits of a number of {@link parseExact}, or a text as it is; undefined for anything else. */
export function numberText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const raw = (value as { rawJSON?: unknown } | null | undefined)?.rawJSON;
  return typeof raw === 'string' ? raw : undefined;
}
