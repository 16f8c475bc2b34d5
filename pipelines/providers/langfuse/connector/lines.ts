import { CloudActError } from '@cloudact/core/errors';
import { numberText } from '../../../usage/answers/index.ts';
import { dayAfter, type ToldLine } from '../../attribution-file/delivering.ts';
import { tagsOfLabels } from '../../attribution-file/tags.ts';
import type { ConnectorContext } from '../../connector.ts';
import { knownModel } from '../models.ts';
import { type MetricsRow, metrics } from './client.ts';
import type { LangfuseSettings } from './settings.ts';

const named = ['providedModelName', 'environment', 'traceName', 'name'] as const;

/**
 * Total tokens per day, model, environment, trace, call and labels. Langfuse sums up input whether it came from a cache or
 * not, so the tokens are told without a meter: as a share of every meter.
 */
export async function* linesOfDays(
  settings: LangfuseSettings,
  context: ConnectorContext,
  days: readonly string[],
): AsyncGenerator<ToldLine> {
  for (const [index, day] of days.entries()) {
    for (const row of await rowsOfDay(settings, context, day)) {
      const name = text(row.providedModelName);
      const known = name === undefined ? undefined : knownModel(name, settings.provider);
      if (known) yield { charge_date: day, ...known, meter: null, quantity: tokens(row), tags: tagsOf(row) };
    }
    context.onProgress?.((index + 1) / days.length);
  }
}

/**
 * By labels, too, unless a server counts a call once for each of its labels: then the labels together have more tokens
 * than there were, and the day is told without them.
 */
async function rowsOfDay(settings: LangfuseSettings, context: ConnectorContext, day: string): Promise<MetricsRow[]> {
  const range = { start: new Date(day), end: new Date(dayAfter(day)) };
  const labelled = await metrics(settings, context, { ...range, dimensions: [...named, 'tags'] });
  if (labelled.length === 0) return [];
  // Asked for second: what comes in between is more, never less.
  const whole = await metrics(settings, context, { ...range, dimensions: ['providedModelName'] });
  if (sum(labelled) <= sum(whole)) return labelled;
  return metrics(settings, context, { ...range, dimensions: named });
}

function sum(rows: readonly MetricsRow[]): bigint {
  return rows.reduce((total, row) => total + tokens(row), 0n);
}

function tokens(row: MetricsRow): bigint {
  const total = count(row, 'sum_totalTokens');
  return total > 0n ? total : count(row, 'sum_inputTokens') + count(row, 'sum_outputTokens');
}

function count(row: MetricsRow, name: string): bigint {
  const value = row[name];
  const digits = value === null || value === undefined ? '0' : numberText(value);
  if (digits !== undefined && /^\d{1,18}(\.0+)?$/.test(digits)) return BigInt(digits.split('.')[0]!);
  throw new CloudActError('source_incomplete', {
    detail: `Langfuse tells of ${name} that is no count: ${JSON.stringify(value)?.slice(0, 60)}. Nothing is loaded. Try again later.`,
  });
}

function tagsOf(row: MetricsRow): Record<string, string> {
  const labels = Array.isArray(row.tags) ? row.tags : [row.tags];
  const own = {
    environment: text(row.environment),
    trace: text(row.traceName),
    name: text(row.name),
  };
  const told = Object.entries(own).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return { ...tagsOfLabels(labels.filter((label) => typeof label === 'string')), ...Object.fromEntries(told) };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
