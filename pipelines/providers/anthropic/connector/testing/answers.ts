import { add, type Decimal } from '@cloudact/core/money';

/** What an organisation used, as the server knows it; grain: one day × dimensions. */
export interface ServedUsage extends Dimensions {
  uncached_input_tokens?: number;
  ephemeral_5m_input_tokens?: number;
  ephemeral_1h_input_tokens?: number;
  cache_read_input_tokens?: number;
  output_tokens?: number;
  web_search_requests?: number;
  requests?: number;
}

/** Amounts in cents. */
export interface ServedCost extends Dimensions {
  cost_type: string;
  token_type?: string | null;
  description?: string;
  amount: string;
  list_amount?: string;
}

interface Dimensions {
  /** `YYYY-MM-DD`. */
  day: string;
  workspace_id?: string | null;
  api_key_id?: string | null;
  model?: string | null;
  service_tier?: string | null;
  context_window?: string | null;
  inference_geo?: string | null;
  speed?: string | null;
}

type Row = ServedUsage | ServedCost;
const TOKENS = [
  'uncached_input_tokens',
  'ephemeral_5m_input_tokens',
  'ephemeral_1h_input_tokens',
  'cache_read_input_tokens',
  'output_tokens',
] as const;
const GROUP = [
  'actor',
  'api_key_id',
  'context_window',
  'inference_geo',
  'model',
  'organization_id',
  'product',
  'service_tier',
  'session_id',
  'speed',
  'workspace_id',
];

export interface Asked {
  /** Days, `start` inclusive, `end` exclusive. */
  start: string;
  end: string;
  groupBy: readonly string[];
  byDay: boolean;
  models: readonly string[];
  geographies: readonly string[];
}

/** Rows of `/analytics/usage`, oldest day first. */
export function analyticsUsage(rows: readonly ServedUsage[], asked: Asked): unknown[] {
  return groups(rows, asked).map(([first, own]) => ({
    ...bounds(first, asked),
    group: groupOf(first, GROUP, asked.groupBy),
    usage: {
      ...counts(own),
      requests: sum(own, 'requests'),
      total_tokens: TOKENS.reduce((total, name) => total + sum(own, name), 0),
    },
  }));
}

/** Rows of `/analytics/cost`, oldest day first. */
export function analyticsCost(rows: readonly ServedCost[], asked: Asked): unknown[] {
  return groups(rows, asked).map(([first, own]) => ({
    ...bounds(first, asked),
    group: groupOf(first, [...GROUP, 'cost_type', 'token_type'], asked.groupBy),
    cost: { amount: amount(own), list_amount: amount(own, 'list_amount'), currency: 'USD', requests: null },
  }));
}

/** Results of one day of `/usage_report/messages`. */
export function reportUsage(rows: readonly ServedUsage[], asked: Asked): unknown[] {
  const names = ['api_key_id', 'workspace_id', 'model', 'service_tier', 'context_window', 'inference_geo', 'speed'];
  return groups(rows, asked).map(([first, own]) => {
    const group = groupOf(first, names, asked.groupBy);
    if (asked.groupBy.includes('inference_geo')) group.inference_geo ??= 'not_available';
    return { ...counts(own), ...group };
  });
}

/** Results of one day of `/cost_report`, which knows no key and no cost of the Priority Tier. */
export function reportCost(rows: readonly ServedCost[], asked: Asked): unknown[] {
  const described = rows
    .filter(({ service_tier }) => service_tier !== 'priority')
    .map((row) => ({ ...row, description: row.description ?? descriptionOf(row) }));
  const parts = ['description', 'cost_type', 'token_type', 'model', 'service_tier', 'context_window'];
  const groupBy = asked.groupBy.includes('description') ? [...asked.groupBy, ...parts] : asked.groupBy;
  return groups(described, { ...asked, groupBy }).map(([first, own]) => ({
    currency: 'USD',
    amount: amount(own),
    ...groupOf(first, ['workspace_id', 'inference_geo', ...parts], groupBy),
  }));
}

function descriptionOf({ model, cost_type, token_type, speed }: ServedCost): string {
  const name = model ? `${model} Usage` : cost_type === 'web_search' ? 'Web Search Usage' : 'Code Execution Usage';
  return `${name}${token_type ? ` - ${token_type}` : ''}${speed === 'fast' ? ' (fast)' : ''}`;
}

function groups<Of extends Row>(rows: readonly Of[], asked: Asked): [first: Of, own: Of[]][] {
  const { start, end, groupBy, byDay, models, geographies } = asked;
  const within = rows.filter(
    ({ day, model, inference_geo }) =>
      day >= start &&
      day < end &&
      (models.length === 0 || models.includes(model ?? '')) &&
      (geographies.length === 0 || geographies.includes(inference_geo ?? 'not_available')),
  );
  const keyOf = (row: Of) =>
    JSON.stringify([
      byDay ? row.day : '',
      ...groupBy.map((name) => (row as unknown as Record<string, unknown>)[name] ?? null),
    ]);
  const sorted = within.sort((left, right) => (left.day < right.day ? -1 : left.day > right.day ? 1 : 0));
  return [...Map.groupBy(sorted, keyOf).values()].map((own) => [own[0]!, own]);
}

function bounds({ day }: Row, { start, end, byDay }: Asked): { starting_at: string; ending_at: string } {
  return { starting_at: instant(byDay ? day : start), ending_at: instant(byDay ? nextDay(day) : end) };
}

function groupOf(row: Row, names: readonly string[], groupBy: readonly string[]): Record<string, unknown> {
  const values = row as unknown as Record<string, unknown>;
  return Object.fromEntries(names.map((name) => [name, groupBy.includes(name) ? (values[name] ?? null) : null]));
}

function counts(rows: readonly ServedUsage[]) {
  return {
    uncached_input_tokens: sum(rows, 'uncached_input_tokens'),
    cache_creation: {
      ephemeral_1h_input_tokens: sum(rows, 'ephemeral_1h_input_tokens'),
      ephemeral_5m_input_tokens: sum(rows, 'ephemeral_5m_input_tokens'),
    },
    cache_read_input_tokens: sum(rows, 'cache_read_input_tokens'),
    output_tokens: sum(rows, 'output_tokens'),
    server_tool_use: { web_search_requests: sum(rows, 'web_search_requests') },
  };
}

function sum(rows: readonly ServedUsage[], name: (typeof TOKENS)[number] | 'requests' | 'web_search_requests'): number {
  return rows.reduce((total, row) => total + (row[name] ?? 0), 0);
}

function amount(rows: readonly ServedCost[], name: 'amount' | 'list_amount' = 'amount'): string {
  return add(...rows.map((row) => (row[name] ?? row.amount) as Decimal));
}

export function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

export function instant(day: string): string {
  return `${day}T00:00:00Z`;
}
