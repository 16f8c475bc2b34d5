import { CloudActError } from '@cloudact/core/errors';
import type { ToldLine } from '../../attribution-file/delivering.ts';
import type { ConnectorContext } from '../../connector.ts';
import { count, disjointMeters, modelName, priceBookProvider } from '../tokens.ts';
import { type Delivered, dailyActivity, object } from './client.ts';
import type { LiteLlmSettings } from './settings.ts';

/**
 * Sums per day, model, provider, virtual key and its team. An answer tells models apart or providers, never both, so each model is
 * asked for by itself. `/tag/daily/activity` and `/team/daily/activity` are not asked: they tell no models of a tag, and a
 * request with two tags counts twice.
 */
export async function* dailyLines(
  settings: LiteLlmSettings,
  context: ConnectorContext,
  days: readonly string[],
): AsyncGenerator<ToldLine> {
  const range = { first: days[0]!, last: days.at(-1)! };
  const models = new Set<string>();
  for await (const result of dailyActivity(settings, context, range)) {
    for (const model of Object.keys(object(object(result.breakdown).models))) models.add(model);
  }
  let done = 0;
  for (const model of models) {
    for await (const result of dailyActivity(settings, context, { ...range, model })) {
      yield* linesOf(result, model);
    }
    done += 1;
    context.onProgress?.(done / models.size);
  }
}

function* linesOf(result: Delivered, model: string): Generator<ToldLine> {
  const { date } = result;
  const breakdown = object(result.breakdown);
  const others = Object.keys(object(breakdown.models)).filter((name) => name !== model);
  if (typeof date !== 'string' || others.length > 0) {
    throw new CloudActError('source_incomplete', {
      detail: `The proxy was asked for ${model} by day and tells of ${others[0] ?? 'no day'}. Nothing is loaded. Bring the proxy up to date.`,
    });
  }
  for (const [name, sums] of Object.entries(object(breakdown.providers))) {
    const keys = Object.entries(object(object(sums).api_key_breakdown));
    const told =
      keys.length > 0
        ? keys.map(([hash, entry]) => ({ entry, tags: tagsOfKey(hash, entry) }))
        : [{ entry: sums, tags: {} }];
    for (const { entry, tags } of told) {
      const metrics = object(object(entry).metrics ?? entry);
      const provider = priceBookProvider(name);
      const tokens = {
        prompt: count(metrics.prompt_tokens, 'prompt_tokens'),
        completion: count(metrics.completion_tokens, 'completion_tokens'),
        cacheRead: count(metrics.cache_read_input_tokens, 'cache_read_input_tokens'),
        cacheWrite: count(metrics.cache_creation_input_tokens, 'cache_creation_input_tokens'),
      };
      for (const [meter, quantity] of disjointMeters(tokens, provider)) {
        yield { charge_date: date.slice(0, 10), provider, model: modelName(model, name), meter, quantity, tags };
      }
    }
  }
}

/** The alias of a virtual key is what people know; its hash is no key. */
function tagsOfKey(hash: string, entry: unknown): Record<string, string> {
  const { key_alias: alias, team_id: team, team_alias: teamAlias } = object(object(entry).metadata);
  const named = [teamAlias, team].find((text) => typeof text === 'string' && text !== '');
  return {
    key: typeof alias === 'string' && alias !== '' ? alias : hash,
    ...(named !== undefined && { team: named as string }),
  };
}
