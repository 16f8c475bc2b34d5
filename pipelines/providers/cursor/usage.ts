import { exactProductSql } from '@cloudact/core/focus';
import type { MeterId } from '../../prices/meters.ts';
import { costColumns, selectList, type UsageSource, usageColumns } from '../../usage/usage-source.ts';
import type { RawColumn } from '../bill-format.ts';
import { eventGroupsSql, MARK, millionsSql, tokenColumns } from './event-groups.ts';

const decimal = (source: string, raw = source): RawColumn => ({ source, raw, type: 'decimal' });
const text = (source: string, raw: string): RawColumn => ({ source, raw, type: 'text' });

/** Events of a Cursor team: one line per request, read per UTC day, user, model and kind. */
export const cursorSource: UsageSource = {
  id: 'cursor-usage',
  title: 'Cursor usage and costs',
  mark: MARK,
  columns: [
    ...Object.values(tokenColumns).map((name) => decimal(name)),
    decimal('total_cents'),
    decimal('chargedCents', 'charged_cents'),
    decimal('cursorTokenFee', 'cursor_token_fee'),
    decimal('requestsCosts', 'requests_costs'),
    text('userEmail', 'user_email'),
    text('isChargeable', 'is_chargeable'),
  ],
  rowRules: [
    ...Object.values(tokenColumns).map((column) => ({
      column,
      brokenWhen: `starts_with(${column}, '-')`,
      reason: 'is negative: tokens are counted from 0',
    })),
  ],
  needed: [MARK, 'team', 'model', 'kind'],
  priceList: 'cursor',
  service: {
    name: 'Cursor',
    provider: 'Cursor',
    subcategory: 'Development Environments',
    accountType: 'Team',
    subAccountType: 'Team',
  },
  usage(rawTable) {
    const requests: readonly [meter: MeterId, column: string] = ['requests', 'uncounted'];
    const selects = [...tokenMeters, requests].map(
      ([meter, column]) => `SELECT ${selectList(usageColumns, {
        ...shared,
        meter: `'${meter}'`,
        quantity: column,
        requests: 'events',
        cost_key: costKey(meter),
      })}
FROM groups WHERE ${column} <> 0`,
    );
    return `WITH ${eventGroupsSql(rawTable)}\n${selects.join('\nUNION ALL\n')}`;
  },
  costs(rawTable) {
    const lines = { ...shared, line_item: `concat_ws(', ', COALESCE(model, 'no model'), kind)`, currency: `'USD'` };
    const whole = `SELECT ${selectList(costColumns, {
      ...lines,
      amount: exactProductSql('billed_cents', '0.01'),
      list_amount: 'list_dollars',
      quantity: 'events',
      unit: `'Requests'`,
      cost_key: 'group_key',
    })}
FROM groups WHERE is_known AND NOT is_included`;
    // Each meter of included usage is a group of its own: so it has its part of the value as its list cost.
    const included = tokenMeters.map(
      ([meter, column]) => `SELECT ${selectList(costColumns, {
        ...lines,
        meter: `'${meter}'`,
        amount: '0',
        list_amount: exactProductSql('list_price', millionsSql(column)),
        quantity: column,
        unit: `'Tokens'`,
        cost_key: costKey(meter),
      })}
FROM groups WHERE is_included AND ${column} <> 0`,
    );
    return `WITH ${eventGroupsSql(rawTable)}\n${[whole, ...included].join('\nUNION ALL\n')}`;
  },
};

const tokenMeters = Object.entries(tokenColumns) as [MeterId, string][];

function costKey(meter: MeterId): string {
  return `CASE WHEN is_included THEN concat(group_key, chr(31), '${meter}') ELSE group_key END`;
}

const shared = {
  charge_start: 'charge_start',
  charge_end: 'charge_end',
  account_id: 'team',
  account_name: 'team',
  principal_id: 'user_email',
  model: 'model',
  tags: `nullif(CAST(json_merge_patch('{}', json_object('cursor_kind', kind)) AS VARCHAR), '{}')`,
  source_file: 'source_file',
  source_row: 'source_row',
};
