import type { CostAnswer, CostGroup } from '../api/types.js';
import type { Messages } from '../locales/en.js';
import type { Format } from './format.js';

/** How a dimension is called inside a sentence: `service`, `tag team`. */
export function dimensionName(dimension: string, messages: Messages): string {
  if (dimension.startsWith('tag:')) return messages.tag(decode(dimension.slice('tag:'.length)));
  return messages.dimensions[dimension] ?? dimension;
}

/** The same at the head of a column: `Service`. */
export function columnName(dimension: string, messages: Messages): string {
  const name = dimensionName(dimension, messages);
  return name.charAt(0).toLocaleUpperCase(messages.code) + name.slice(1);
}

/** How a group is called: its values, `Other`, or `All cost` where nothing was grouped by. */
export function groupName({ group, other }: Pick<CostGroup, 'group' | 'other'>, messages: Messages): string {
  if (other) return messages.other;
  return group.map((value) => value ?? messages.noValue).join(' · ') || messages.all;
}

/** The name of a whole answer: `Effective cost by service`. */
export function headingOf({ query }: CostAnswer, messages: Messages): string {
  return messages.heading(
    messages.metrics[query.metric] ?? query.metric,
    query.group_by.map((dimension) => dimensionName(dimension, messages)),
  );
}

/** What the figures cover: `24 Oct – 22 Nov 2026 · Data through 22 Nov · month not complete`. */
export function coverage(answer: CostAnswer, messages: Messages, format: Format): string {
  const { periods, query } = answer;
  const through = dataThrough(answer);
  return [
    format.range(query.from, query.to),
    through !== undefined && messages.dataThrough(format.day(through)),
    periods.some(({ complete }) => !complete) && messages.notComplete,
  ]
    .filter(Boolean)
    .join('\u00A0· ');
}

/** The last day that every integration has delivered; where one is behind, the figures are only that good. */
export function dataThrough({ periods }: CostAnswer): string | undefined {
  const lastByIntegration = new Map<string, string>();
  for (const { integration_id, charges_through } of periods) {
    const last = lastByIntegration.get(integration_id) ?? '';
    if (charges_through !== null && charges_through > last) lastByIntegration.set(integration_id, charges_through);
  }
  return [...lastByIntegration.values()].sort()[0];
}

/** The currency to show: the one asked for if the answer has it, otherwise the first. */
export function currencyOf({ totals }: CostAnswer, ...wanted: (string | undefined)[]): string | undefined {
  const present = totals.map(({ currency }) => currency);
  return wanted.find((currency) => currency !== undefined && present.includes(currency)) ?? present[0];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
