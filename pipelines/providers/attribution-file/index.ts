import { CloudActError } from '@cloudact/core/errors';
import { quoteText } from '../../landing/session.ts';
import { attributionColumns } from '../../usage/attribution.ts';
import { selectList } from '../../usage/usage-source.ts';
import type { BillFormat, RawColumn } from '../bill-format.ts';
import { decimalSql } from '../money.ts';
import { ABOUT, columns, MARK, neededColumns, rowRules } from './columns.ts';

/** Who usage was for, in the documented format: landed like a bill, and never one. */
export interface AttributionFormat extends BillFormat {
  /**
   * One SELECT over the raw table: `attributionColumns`, one row per day × provider × model × key × sub-account × meter
   * × set of tags. The names of a set of tags are in the order of the alphabet; those without a value are left out.
   */
  select(rawTable: string): string;
}

/** Files of a gateway or a tracing tool, one's own or one that a connector of ours wrote. */
export const attributionFormat: AttributionFormat = {
  id: 'attribution-file',
  title: 'Attribution of AI usage',
  recognises: (header) => header.includes(MARK),
  plan: (header) => ({
    columns: rawColumns(header),
    nullTokens: [],
    rowRules,
    extensionColumns: [],
    billingPeriod: `CAST(date_trunc('month', CAST(charge_date AS DATE)) AS DATE)`,
    toFocus: noBill,
    controlTotals: noBill,
  }),
  select: (rawTable) => {
    const values = { ...plain, quantity: 'sum(quantity)' };
    return `SELECT ${selectList(attributionColumns, values)}
FROM (SELECT ${Object.keys(plain).join(', ')}, ${decimalSql('quantity')} AS quantity FROM (
  SELECT * REPLACE (${sortedTags} AS tags) FROM ${rawTable} WHERE ${MARK} <> ${quoteText(ABOUT)}))
GROUP BY ${Object.keys(plain).join(', ')}`;
  },
};

const plain = {
  charge_date: 'charge_date',
  provider: 'provider',
  model: 'model',
  api_key_id: 'api_key_id',
  sub_account_id: 'sub_account_id',
  meter: 'meter',
  tags: 'tags',
};

/** Two tools that write the same tags in another order tell of the same set. */
const sortedTags = `'{' || coalesce(array_to_string(list_transform(
  list_filter(list_sort(map_entries(json_transform(tags, '"MAP(VARCHAR, VARCHAR)"'))), lambda e: e.value IS NOT NULL),
  lambda e: CAST(to_json(e.key) AS VARCHAR) || ':' || CAST(to_json(e.value) AS VARCHAR)), ','), '') || '}'`;

/** Throws `file_format_unknown` when a column is missing that every row needs. */
function rawColumns(header: readonly string[]): RawColumn[] {
  const missing = neededColumns.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new CloudActError('file_format_unknown', {
      detail: `The file says who usage was for (it has ${MARK}), but has no column ${missing.join(', ')}. Each row needs ${neededColumns.join(', ')}; see the documentation of the format.`,
    });
  }
  const known = new Set(columns.map(({ source }) => source));
  const others = header.filter((name) => !known.has(name));
  return [...columns, ...others.map((source, index): RawColumn => ({ source, raw: `other_${index}`, type: 'text' }))];
}

function noBill(): never {
  throw new TypeError('attribution splits cost and makes none');
}
