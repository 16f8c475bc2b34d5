import { quoteName } from '../../landing/session.ts';
import type { RowRule } from '../bill-format.ts';
import { brokenMeasureSql } from '../money.ts';
import { type ExportColumns, measureNames } from './columns.ts';
import { billingPeriodSql } from './control-totals.ts';
import { brokenCreditsSql } from './credits.ts';
import { exactRawFields, listNames, nestedColumns, rawFields } from './fields.ts';
import { brokenJsonSql } from './nested.ts';

/** What makes a row unreadable beyond the types of its flat columns. */
export function rowRules(columns: ExportColumns): RowRule[] {
  const { text, list } = rawFields(columns);
  const rule = (name: string, brokenWhen: string, reason: string): RowRule => ({
    column: columns.delivered(name),
    brokenWhen,
    reason,
  });
  const unreadable = nestedColumns(columns).map((raw) => rule(raw, brokenJsonSql(quoteName(raw)), 'is not JSON'));
  const lists = listNames.map((name) =>
    rule(
      name,
      `CASE WHEN starts_with(${list(name)}, '[') THEN false ELSE json_type(${list(name)}) NOT IN ('ARRAY', 'NULL') AND ${list(name)} <> '{}' END`,
      `is no list of records (${name})`,
    ),
  );
  const required = REQUIRED.map((name) => rule(name, `${text(name)} IS NULL`, `is empty (${name})`));
  const month = rule(
    'invoice.month',
    `NOT regexp_full_match(${text('invoice.month')}, '[0-9]{6}([.]0)?') OR ${billingPeriodSql(text('invoice.month'))} IS NULL`,
    'is no month such as 202501 (invoice.month)',
  );
  const measures = RECORDS_WITH_MEASURES.map((record) => {
    const values = measureNames.filter((name) => name.startsWith(`${record}.`)).map(text);
    const isBroken = `list_bool_or(list_transform([${values.join(', ')}], lambda v: ${brokenMeasureSql('v')}))`;
    return rule(record, `COALESCE(${isBroken}, false)`, 'has an amount or a price that is no number');
  });
  const credits = rule('credits', brokenCreditsSql(exactRawFields(columns)), 'has a credit without a readable amount');
  return [...unreadable, ...lists, ...required, month, ...measures, credits];
}

const RECORDS_WITH_MEASURES = ['usage', 'price'];
const REQUIRED = ['billing_account_id', 'currency', 'cost', 'usage_start_time', 'usage_end_time', 'invoice.month'];
