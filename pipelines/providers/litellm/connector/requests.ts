import { CloudActError } from '@cloudact/core/errors';
import type { MeterId } from '../../../prices/meters.ts';
import { dayAfter, type ToldLine } from '../../attribution-file/delivering.ts';
import { tagsOfLabels } from '../../attribution-file/tags.ts';
import type { ConnectorContext } from '../../connector.ts';
import { count, disjointMeters, modelName, priceBookProvider } from '../tokens.ts';
import { type Delivered, object, requestLog } from './client.ts';
import type { LiteLlmSettings } from './settings.ts';

/** The log of requests, added up per day, model, provider and set of tags. What was asked and answered is not kept. */
export async function* requestLines(
  settings: LiteLlmSettings,
  context: ConnectorContext,
  days: readonly string[],
): AsyncGenerator<ToldLine> {
  for (const [index, day] of days.entries()) {
    const sums = new Map<string, { line: ToldLine; quantity: bigint }>();
    for await (const row of requestLog(settings, context, { day, next: dayAfter(day) })) {
      if (startDay(row) !== day || String(row.cache_hit).toLowerCase() === 'true') continue;
      for (const line of linesOf(row, day)) {
        const key = JSON.stringify({ ...line, quantity: null });
        const sum = sums.get(key) ?? { line, quantity: 0n };
        sums.set(key, { line, quantity: sum.quantity + line.quantity });
      }
    }
    for (const { line, quantity } of sums.values()) yield { ...line, quantity };
    context.onProgress?.((index + 1) / days.length);
  }
}

/** A request at midnight is in the log of two days; an answer out of the proxy's own cache was never at the provider. */
function startDay({ startTime }: Delivered): string {
  const text = typeof startTime === 'string' ? startTime.replace(' ', 'T') : '';
  // The log's times are UTC, with or without saying so.
  const time = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  if (!Number.isNaN(time.getTime())) return time.toISOString().slice(0, 10);
  throw new CloudActError('source_incomplete', {
    detail: `The proxy's log has a request whose startTime is no time: ${JSON.stringify(startTime)?.slice(0, 60)}. Nothing is loaded. Try again later.`,
  });
}

function linesOf(row: Delivered, day: string): ToldLine[] {
  const name = text(row.custom_llm_provider) ?? 'unknown';
  const provider = priceBookProvider(name);
  const model = text(row.model);
  const tags = tagsOf(row);
  return disjointMeters(tokensOf(row), provider).map(([meter, quantity]: [MeterId, bigint]) => ({
    charge_date: day,
    provider,
    model: model === undefined ? null : modelName(model, name),
    meter,
    quantity,
    tags,
  }));
}

function tokensOf(row: Delivered) {
  const used = object(parsed(object(parsed(row.metadata)).additional_usage_values));
  const details = object(parsed(used.prompt_tokens_details));
  return {
    prompt: count(row.prompt_tokens, 'prompt_tokens'),
    completion: count(row.completion_tokens, 'completion_tokens'),
    cacheRead: count(used.cache_read_input_tokens ?? details.cached_tokens, 'cache_read_input_tokens'),
    cacheWrite: count(used.cache_creation_input_tokens, 'cache_creation_input_tokens'),
  };
}

/** Names of tags in the order of the alphabet, so that the same set is the same text. */
function tagsOf(row: Delivered): Record<string, string> {
  const metadata = object(parsed(row.metadata));
  const labels = parsed(row.request_tags);
  // LiteLLM makes a label of the caller's program by itself.
  const own = (Array.isArray(labels) ? labels : []).filter(
    (label): label is string => typeof label === 'string' && !/^user[- ]agent:/i.test(label),
  );
  const told = {
    customer: text(row.end_user),
    key: text(metadata.user_api_key_alias) ?? text(row.api_key),
    team: text(metadata.user_api_key_team_alias) ?? text(row.team_id),
    user: text(row.user),
  };
  const tags = { ...tagsOfLabels(own), ...JSON.parse(JSON.stringify(told)) } as Record<string, string>;
  return Object.fromEntries(Object.entries(tags).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Databases give JSON as a text. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
