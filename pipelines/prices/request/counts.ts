import { type Decimal, decimal } from '@cloudact/core/money';

/** The counts of a usage object by path (`prompt_tokens_details.cached_tokens`); what nobody reads does not get lost. */
export class Counts {
  readonly #left = new Map<string, Decimal>();

  constructor(usage: unknown) {
    this.#flatten(usage, '');
  }

  /** The first of the counts that is there, else 0. All of them are read: they say the same. */
  read(...paths: readonly string[]): Decimal {
    return this.readIfThere(...paths) ?? decimal('0');
  }

  readIfThere(...paths: readonly string[]): Decimal | undefined {
    const found = paths.map((path) => this.#left.get(path)).find((count) => count !== undefined);
    for (const path of paths) this.#left.delete(path);
    return found;
  }

  /** These say again what others say, or are not billed. */
  ignore(...paths: readonly string[]): void {
    for (const path of paths) this.#left.delete(path);
  }

  /** The names of the counts above 0 that were not read: usage of a kind that has no meter. */
  unread(): string[] {
    return [...this.#left].filter(([, count]) => count !== '0').map(([path]) => path);
  }

  #flatten(value: unknown, path: string): void {
    if (typeof value === 'number') this.#left.set(path, decimal(String(value)));
    if (!isObject(value)) return;
    for (const [key, inner] of Object.entries(value)) this.#flatten(inner, path === '' ? key : `${path}.${key}`);
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a key, empty where there is none. */
export function objectAt(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const inner = isObject(value) ? value[key] : undefined;
  return isObject(inner) ? inner : {};
}

export function listAt(value: unknown, key: string): readonly unknown[] {
  const inner = isObject(value) ? value[key] : undefined;
  return Array.isArray(inner) ? inner : [];
}

export function textAt(value: unknown, key: string): string | null {
  const inner = isObject(value) ? value[key] : undefined;
  return typeof inner === 'string' && inner !== '' ? inner : null;
}
