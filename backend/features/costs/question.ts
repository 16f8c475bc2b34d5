import { createHmac } from 'node:crypto';
import { CloudActError } from '@cloudact/core/errors';
import type { OrgPrincipal } from '@cloudact/core/identity';
import { type CostQuestion, type Granularity, maximumRows } from '../../queries/cost.ts';
import {
  type DimensionFilter,
  formatDimension,
  formatFilter,
  parseDimension,
  parseFilter,
} from '../../queries/dimension.ts';
import type { Display } from '../../queries/display.ts';
import type { CostAnswer, CostQuery } from './schemas.ts';

/** Reads the question. Throws `request_invalid` with the place that is wrong. */
export function readQuestion(query: CostQuery, principal: OrgPrincipal): CostQuestion {
  const { metric = 'EffectiveCost', granularity = 'day', date = 'ChargePeriodStart' } = query;
  const { from, to, group_by = [], filter = [], top = null } = query;
  if (from >= to)
    throw invalid('query/to', `"to" (${to}) must be after "from" (${from}); it is the day after the last one`);
  if (from < EARLIEST || to > LATEST)
    throw invalid('query/from', `the range must lie between ${EARLIEST} and ${LATEST}`);
  if (date === 'BillingPeriodStart') checkBillingMonths(granularity, from, to);
  const groupBy = group_by.map((text, index) => parseDimension(text, `query/group_by/${index}`));
  const names = groupBy.map(formatDimension);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice !== -1) throw invalid(`query/group_by/${twice}`, `"${names[twice]}" stands twice`);
  return {
    metric,
    granularity,
    date,
    from,
    to,
    groupBy,
    filters: canonical(filter.map((text, index) => parseFilter(text, `query/filter/${index}`))),
    mandatoryFilters:
      principal.kind === 'widget' ? canonical(principal.filters.map((text) => parseFilter(text, 'token'))) : [],
    top: groupBy.length === 0 ? null : top,
    display: readDisplay(principal),
  };
}

/** The question in its one spelling. Filters and terms of the credential are not shown to its bearer. */
export function describeQuestion(question: CostQuestion): CostAnswer['query'] {
  const { metric, granularity, date, from, to, groupBy, filters, top } = question;
  return {
    metric,
    granularity,
    date,
    from,
    to,
    group_by: groupBy.map(formatDimension),
    filter: filters.map(formatFilter),
    top,
  };
}

/**
 * Keyed hash of everything that the answer depends on besides the organisation and its data, hexadecimal. It is keyed
 * because the bearer sees it: a plain one would tell a mark-up to whoever tries them all.
 */
export function hashQuestion(question: CostQuestion, secret: string): string {
  const { mandatoryFilters, display } = question;
  const currency = display?.currency && {
    currency: display.currency.currency,
    rates: Object.entries(display.currency.rates).sort(([one], [two]) => (one < two ? -1 : 1)),
  };
  const text = JSON.stringify([
    describeQuestion(question),
    mandatoryFilters.map(formatFilter),
    display && [display.markUp, currency],
  ]);
  return createHmac('sha256', secret).update(`cost question\n${text}`).digest('hex');
}

export function tooManyRows(): CloudActError {
  return new CloudActError('request_invalid', {
    detail: `The answer would hold more than ${maximumRows} rows. Ask with top=…, a coarser granularity, a shorter range or more filters.`,
  });
}

function readDisplay(principal: OrgPrincipal): Display | null {
  if (principal.kind !== 'widget') return null;
  const { markUp, displayCurrency: currency } = principal;
  return markUp === null && currency === null ? null : { markUp, currency };
}

const EARLIEST = '2000-01-01';
const LATEST = '2200-01-01';

/** A bill belongs to its month as a whole: a part of a month, or its days, would show a bill that there is not. */
function checkBillingMonths(granularity: Granularity, from: string, to: string): void {
  if (granularity === 'day' || granularity === 'week') {
    throw invalid(
      'query/granularity',
      `"${granularity}" is finer than a bill; with date=BillingPeriodStart ask for month, quarter, year or total`,
    );
  }
  for (const [name, day] of Object.entries({ from, to })) {
    if (day.endsWith('-01')) continue;
    throw invalid(
      `query/${name}`,
      `"${name}" (${day}) must be the first day of a month with date=BillingPeriodStart, because bills are counted whole`,
    );
  }
}

/** Sorted and each once: the order of filters means nothing. */
function canonical(filters: readonly DimensionFilter[]): readonly DimensionFilter[] {
  const byText = new Map(filters.map((filter) => [formatFilter(filter), filter]));
  return [...byText.keys()].sort().map((text) => byText.get(text)!);
}

function invalid(place: string, reason: string): CloudActError {
  return new CloudActError('request_invalid', { detail: `${reason}.`, faults: [{ column: place, reason }] });
}
