import type { MeterId } from '../../prices/meters.ts';
import { costColumns, selectList, type UsageSource, usageColumns } from '../../usage/usage-source.ts';
import type { RawColumn } from '../bill-format.ts';
import { decimalSql } from '../money.ts';

const MARK = 'openrouter_answer';
const IS_ACTIVITY = `${MARK} = 'activity'`;

/** OpenRouter's activity: one line per UTC day, workspace, model and endpoint, with the credits spent and the tokens. */
export const openrouterSource: UsageSource = {
  id: 'openrouter-usage',
  title: 'OpenRouter usage and costs',
  mark: MARK,
  columns: [
    ...['usage', 'byok_usage_inference', 'requests', 'prompt_tokens', 'completion_tokens', 'reasoning_tokens'].map(
      (name): RawColumn => ({ source: name, raw: name, type: 'decimal' }),
    ),
  ],
  rowRules: [
    ...['usage', 'prompt_tokens', 'completion_tokens', 'model'].map((column) => ({
      column,
      brokenWhen: `${IS_ACTIVITY} AND ${column} IS NULL`,
      reason: 'is missing: without it the line of activity cannot be billed',
    })),
    ...['prompt_tokens', 'completion_tokens'].map((column) => ({
      column,
      brokenWhen: `${IS_ACTIVITY} AND starts_with(${column}, '-')`,
      reason: 'is negative: tokens are counted from 0',
    })),
  ],
  needed: [
    MARK,
    'account',
    'workspace_id',
    'workspace_name',
    'model',
    'endpoint_id',
    'provider_name',
    'usage',
    'byok_usage_inference',
    'requests',
    'prompt_tokens',
    'completion_tokens',
  ],
  priceList: 'openrouter',
  service: {
    name: 'OpenRouter API',
    provider: 'OpenRouter',
    accountType: 'Account',
    subAccountType: 'Workspace',
  },
  usage: (rawTable) =>
    `${meterSql(rawTable, 'input_tokens', 'prompt_tokens')}\nUNION ALL\n${meterSql(rawTable, 'output_tokens', 'completion_tokens')}`,
  costs: (rawTable) => `SELECT ${selectList(costColumns, {
    ...shared,
    line_item: 'model',
    amount: decimalSql('usage'),
    currency: `'USD'`,
    quantity: decimalSql('requests'),
    unit: `'Requests'`,
  })}
FROM ${rawTable} WHERE ${IS_ACTIVITY}`,
};

/** Reasoning tokens are inside of the completion tokens and not billed apart; cached tokens are inside of the prompt's. */
function meterSql(rawTable: string, meter: MeterId, tokens: string): string {
  const quantity = decimalSql(tokens);
  return `SELECT ${selectList(usageColumns, {
    ...shared,
    meter: `'${meter}'`,
    quantity,
    requests: decimalSql('requests'),
  })}
FROM ${rawTable} WHERE ${IS_ACTIVITY} AND ${quantity} <> 0`;
}

const byok = decimalSql('byok_usage_inference');

const shared = {
  charge_start: 'charge_start',
  charge_end: 'charge_end',
  account_id: 'account',
  account_name: 'account',
  sub_account_id: 'workspace_id',
  sub_account_name: 'workspace_name',
  model: 'model',
  // What one's own key paid to the upstream is on that provider's bill: it is told, and added to nothing.
  tags: `nullif(CAST(json_merge_patch('{}', json_object('openrouter_provider', provider_name,
    'openrouter_byok_usd', CASE WHEN ${byok} <> 0 THEN byok_usage_inference END)) AS VARCHAR), '{}')`,
  cost_key: `concat_ws(chr(31), COALESCE(workspace_id, ''), model, COALESCE(endpoint_id, ''), COALESCE(provider_name, ''))`,
  source_file: '"x_SourceFile"',
  source_row: '"x_SourceRow"',
};
