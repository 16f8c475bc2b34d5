import type { Call } from '../fixture.ts';
import type { Seller } from './published.ts';

type More = Partial<Call>;

/** A call that was answered in one piece. */
export function call(api: string, provider: Seller, model: string, response: unknown, more: More = {}): Call {
  return { api, provider, model, ...more, response };
}

/** A call that was answered in a stream. */
export function streamed(
  api: string,
  provider: Seller,
  model: string,
  events: readonly unknown[],
  more: More = {},
): Call {
  return { api, provider, model, ...more, events };
}

/** Models by the names under which they are asked for, answer, and are on the price page. */
export const claude = {
  sonnet4: { asked: 'claude-sonnet-4-20250514', sheet: 'Claude Sonnet 4' },
  sonnet45: { asked: 'claude-sonnet-4-5-20250929', sheet: 'Claude Sonnet 4.5' },
  opus41: { asked: 'claude-opus-4-1-20250805', sheet: 'Claude Opus 4.1' },
  opus45: { asked: 'claude-opus-4-5-20251101', sheet: 'Claude Opus 4.5' },
  haiku45: { asked: 'claude-haiku-4-5-20251001', sheet: 'Claude Haiku 4.5' },
  haiku35: { asked: 'claude-3-5-haiku-20241022', sheet: 'Claude Haiku 3.5' },
} as const;

const dated: Readonly<Record<string, string>> = {
  'gpt-4o': '2024-08-06',
  'gpt-4o-mini': '2024-07-18',
  'gpt-4.1': '2025-04-14',
  'gpt-4.1-mini': '2025-04-14',
  'gpt-4.1-nano': '2025-04-14',
  'gpt-5': '2025-08-07',
  'gpt-5-mini': '2025-08-07',
  'gpt-5-nano': '2025-08-07',
  'gpt-5.1': '2025-11-13',
  'gpt-5.2': '2025-12-11',
  'gpt-5.4': '2026-03-05',
  'gpt-5.5': '2026-04-23',
  o3: '2025-04-16',
  'o4-mini': '2025-04-16',
};

/** The name with which OpenAI answers. */
export function answered(model: string): string {
  return dated[model] === undefined ? model : `${model}-${dated[model]}`;
}
