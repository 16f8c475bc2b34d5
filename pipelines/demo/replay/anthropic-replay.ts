import type { ServedCost, ServedUsage } from '../../providers/anthropic/connector/testing/answers.ts';
import { ADMIN_KEY, startAnthropicServer } from '../../providers/anthropic/connector/testing/anthropic-server.ts';
import { numberText } from '../../usage/answers/index.ts';
import { isObject, type Json, objectsOf, type RecordedAnswers, textOrNull } from './recorded-answers.ts';
import type { ReplayServer } from './replay-server.ts';

interface Recorded {
  usage: ServedUsage[];
  costs: ServedCost[];
}

/**
 * The organisation as it was recorded: answers of the analytics and of the reports, and names. Where both were recorded,
 * `dataset` chooses; the analytics tell more.
 */
export async function replayAnthropic({ bodies, lines }: RecordedAnswers, dataset?: unknown): Promise<ReplayServer> {
  const datasets = { analytics: analyticsOf(bodies, lines), reports: reportsOf(bodies, lines) };
  const { usage, costs } = datasets.analytics;
  const chosen = dataset === 'reports' || usage.length + costs.length === 0 ? 'reports' : 'analytics';
  const recorded = datasets[chosen];
  const items = bodies.flatMap(({ data }) => objectsOf(data));
  const named = (type: string) =>
    items.filter((item) => item.type === type).map((item) => ({ id: String(item.id), name: String(item.name), item }));
  const about = lines.find(({ anthropic_answer }) => anthropic_answer === 'about');
  const organization = bodies.find(({ type }) => type === 'organization');
  const refreshed = bodies.flatMap(({ data_refreshed_at }) => textOrNull(data_refreshed_at) ?? []).sort();
  const { endpoint, close } = await startAnthropicServer({
    answers: {
      organization: {
        id: String(organization?.id ?? about?.organization_id ?? 'recorded'),
        name: String(organization?.name ?? about?.organization_name ?? 'Recorded'),
      },
      workspaces: named('workspace').map(({ id, name, item }) => ({
        id,
        name,
        ...(isObject(item.tags) && { tags: item.tags as Record<string, string> }),
      })),
      apiKeys: named('api_key').map(({ id, name }) => ({ id, name })),
      ...recorded,
      refreshedAt: refreshed.at(-1) ?? textOrNull(about?.settled_before),
    },
  });
  const days = [...recorded.usage, ...recorded.costs].map(({ day }) => day);
  return { endpoint, close, days, settings: { dataset: chosen, adminKey: ADMIN_KEY } };
}

function analyticsOf(bodies: readonly Json[], lines: readonly Json[]): Recorded {
  const rows = bodies.flatMap(({ data }) => objectsOf(data)).filter(({ group }) => isObject(group));
  return {
    usage: [
      ...rows.flatMap((row) => (isObject(row.usage) ? usageOf({ ...(row.group as Json), ...row.usage }, row) : [])),
      ...linesOf(lines, 'analytics_usage', usageOf),
    ],
    costs: [
      ...rows.flatMap((row) => (isObject(row.cost) ? costOf({ ...(row.group as Json), ...row.cost }, row) : [])),
      ...linesOf(lines, 'analytics_cost', costOf),
    ],
  };
}

function reportsOf(bodies: readonly Json[], lines: readonly Json[]): Recorded {
  const buckets = bodies.flatMap(({ data }) => objectsOf(data)).filter(({ starting_at }) => textOrNull(starting_at));
  const results = buckets.flatMap((bucket) => objectsOf(bucket.results).map((result) => ({ bucket, result })));
  return {
    usage: [
      ...results.flatMap(({ bucket, result }) => ('output_tokens' in result ? usageOf(result, bucket) : [])),
      ...linesOf(lines, 'report_usage', usageOf),
    ],
    costs: [
      ...results.flatMap(({ bucket, result }) => ('amount' in result ? costOf(result, bucket) : [])),
      ...linesOf(lines, 'report_cost', costOf),
    ],
  };
}

function linesOf<Row>(lines: readonly Json[], answer: string, of: (line: Json, place: Json) => Row[]): Row[] {
  return lines
    .filter(({ anthropic_answer }) => anthropic_answer === answer)
    .flatMap((line) => of(line, { starting_at: line.charge_start }));
}

function dimensionsOf(row: Json, { starting_at }: Json) {
  return {
    day: String(starting_at).slice(0, 10),
    workspace_id: textOrNull(row.workspace_id),
    api_key_id: textOrNull(row.api_key_id),
    model: textOrNull(row.model),
    service_tier: textOrNull(row.service_tier),
    context_window: textOrNull(row.context_window),
    inference_geo: textOrNull(row.inference_geo),
    speed: textOrNull(row.speed),
  };
}

function usageOf(row: Json, place: Json): ServedUsage[] {
  const counts = { ...row, ...objectOf(row.cache_creation), ...objectOf(row.server_tool_use) };
  const count = (name: string) => Number(numberText(counts[name as keyof typeof counts]) ?? 0);
  return [
    {
      ...dimensionsOf(row, place),
      uncached_input_tokens: count('uncached_input_tokens'),
      ephemeral_5m_input_tokens: count('ephemeral_5m_input_tokens'),
      ephemeral_1h_input_tokens: count('ephemeral_1h_input_tokens'),
      cache_read_input_tokens: count('cache_read_input_tokens'),
      output_tokens: count('output_tokens'),
      web_search_requests: count('web_search_requests'),
      requests: count('requests'),
    },
  ];
}

function costOf(row: Json, place: Json): ServedCost[] {
  const [amount, list] = [numberText(row.amount), numberText(row.list_amount)];
  const description = textOrNull(row.description);
  if (amount === undefined) return [];
  return [
    {
      ...dimensionsOf(row, place),
      cost_type: textOrNull(row.cost_type) ?? 'tokens',
      token_type: textOrNull(row.token_type),
      amount,
      ...(list !== undefined && { list_amount: list }),
      ...(description !== null && { description }),
    },
  ];
}

function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}
