import { exactProductSql } from '@cloudact/core/focus';
import type { MeterId } from '../../prices/meters.ts';
import { quotientDigits, quotientSql, quotientStart } from '../exact-quotient.ts';
import { decimalSql } from '../money.ts';
import { billedCents, listCents } from './kinds.ts';

/** The column of the answers that says what a line is. */
export const MARK = 'cursor_answer';

/** Raw columns of the disjoint meters of a request. */
export const tokenColumns = {
  input_tokens: 'input_tokens',
  cached_input_tokens: 'cache_read_tokens',
  cache_write_tokens: 'cache_write_tokens',
  output_tokens: 'output_tokens',
} as const satisfies Partial<Record<MeterId, string>>;

const counts = Object.values(tokenColumns);

/**
 * The common table expression `groups`: one row per UTC day, user, model and kind of events. Events of which nobody says
 * what they cost are rows of their own, not `is_known`: their tokens are usage without a cost; where they have none, it is
 * the requests, `uncounted`. `is_included` is what the subscription pays for: with a value in `list_dollars`, and nothing
 * billed; `list_price` is that of a million of its tokens, of whichever meter.
 */
export function eventGroupsSql(rawTable: string): string {
  const sum = (value: string) => `CAST(COALESCE(sum(${value}), 0) AS DECIMAL(38,18))`;
  const decimals = [...counts, 'total_cents', 'charged_cents', 'cursor_token_fee', 'requests_costs'];
  const noTokens = counts.map((name) => `COALESCE(${name}, 0)`).join(' + ');
  return `events AS (
  SELECT charge_start, charge_end, team, user_email, model, kind, is_chargeable, "x_SourceFile", "x_SourceRow",
    ${decimals.map((name) => `${decimalSql(name)} AS ${name}`).join(', ')}
  FROM ${rawTable} WHERE ${MARK} = 'event'
), valued AS (
  SELECT *, ${billedCents} AS billed, ${listCents} AS list FROM events
), sums AS (
  SELECT charge_start, charge_end, team, user_email, model, kind, billed IS NOT NULL AS is_known, count(*) AS events,
    ${counts.map((name) => `${sum(name)} AS ${name}`).join(', ')},
    ${sum(`CASE WHEN billed IS NULL AND ${noTokens} = 0 THEN COALESCE(requests_costs, 1) END`)} AS uncounted,
    ${sum('billed')} AS billed_cents,
    CASE WHEN count(list) = count(*) THEN CAST(sum(list) AS DECIMAL(38,18)) END AS list_cents,
    min("x_SourceFile") AS source_file, min("x_SourceRow") AS source_row
  FROM valued GROUP BY charge_start, charge_end, team, user_email, model, kind, is_known
), dollars AS (
  SELECT *, ${exactProductSql('list_cents', '0.01')} AS list_dollars, CAST(${counts.join(' + ')} AS DECIMAL(38,18)) AS all_tokens,
    COALESCE(is_known AND billed_cents = 0 AND list_cents > 0 AND ${counts.join(' + ')} > 0, false) AS is_included,
    concat_ws(chr(31), COALESCE(user_email, ''), COALESCE(model, ''), COALESCE(kind, ''), is_known) AS group_key
  FROM sums
), millions AS (SELECT *, ${millionsSql('all_tokens')} AS all_millions FROM dollars),
starts AS (SELECT *, ${quotientStart('list', 'list_dollars', 'all_millions', 'is_included').join(', ')} FROM millions),
digits AS (SELECT *, ${quotientDigits('list').join(', ')} FROM starts),
groups AS (SELECT *, ${quotientSql('list')} AS list_price FROM digits)`;
}

/** Tokens in millions, exact. */
export function millionsSql(tokens: string): string {
  return exactProductSql(tokens, '0.000001');
}
