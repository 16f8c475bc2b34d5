import { metersWithoutModel, modelFamilySql, modelKeySql } from './line-items.ts';

/**
 * Which usage an amount of the costs is laid over. Both sides always share day, organisation, project and meter. Snapshot, tier and
 * API key tell more where both sides name the same ones: a line item may name the alias of a model (`gpt-4o`) where usage
 * names its snapshot, may count tiers together or apart, and costs may lack keys that usage has.
 */

/** Columns that {@link keyedSql} needs, of usage and costs alike. */
const shared = 'charge_start, account_id, sub_account_id, key_meter';

/**
 * SELECTs by the name of the table that each is kept in: `openai_usage` and `openai_costs`, the rows of both sides with what their
 * keys are made of, and what the sides have in common.
 */
export function sidesSql(usageRows: string, costRows: string): Record<string, string> {
  return {
    openai_usage: sideSql(usageRows),
    openai_costs: sideSql(costRows),
    openai_snapshots: `SELECT costs.* EXCLUDE (models), list_has_all(usage.models, costs.models) AS by_snapshot
      FROM (${setsSql('openai_costs', 'key_family', { models: 'key_model' })}) AS costs
      JOIN (${setsSql('openai_usage', 'key_family', { models: 'key_model' })}) AS usage ON ${sameSql('usage', 'costs', 'key_family')}`,
    openai_details: `WITH usage_models AS (${byModelSql('openai_usage')}), costs_models AS (${byModelSql('openai_costs')})
      SELECT costs.* EXCLUDE (tiers, keys), usage.tiers = costs.tiers AS by_tier, usage.tiers = costs.tiers AND usage.keys = costs.keys AS by_api_key
      FROM (${setsSql('costs_models', 'group_model', detailSets)}) AS costs
      JOIN (${setsSql('usage_models', 'group_model', detailSets)}) AS usage ON ${sameSql('usage', 'costs', 'group_model')}`,
  };
}

/** The rows of one side, `openai_usage` or `openai_costs`, with their `cost_key`. */
export function keyedSql(side: 'openai_usage' | 'openai_costs'): string {
  return withKeySql(`(${byModelSql(side)})`);
}

const detailSets = { tiers: 'key_tier', keys: `key_tier || chr(31) || COALESCE(api_key_id, '')` };

function sideSql(rows: string): string {
  const modelless = metersWithoutModel.map((meter) => `'${meter}'`).join(', ');
  return `SELECT *, ${modelFamilySql('key_model')} AS key_family FROM (
      SELECT *, meter AS key_meter, COALESCE(tier, 'standard') AS key_tier,
        CASE WHEN meter IN (${modelless}) THEN '' ELSE COALESCE(${modelKeySql('model')}, '') END AS key_model FROM (${rows}))`;
}

function setsSql(table: string, by: string, sets: Readonly<Record<string, string>>): string {
  const lists = Object.entries(sets).map(([name, value]) => `list_sort(list_distinct(list(${value}))) AS ${name}`);
  return `SELECT ${shared}, ${by}, ${lists.join(', ')} FROM ${table} WHERE key_meter IS NOT NULL GROUP BY ${shared}, ${by}`;
}

function sameSql(left: string, right: string, by: string): string {
  const equal = ['charge_start', 'account_id', 'key_meter', by].map((name) => `${left}.${name} = ${right}.${name}`);
  return [...equal, `COALESCE(${left}.sub_account_id, '') = COALESCE(${right}.sub_account_id, '')`].join(' AND ');
}

function byModelSql(table: string): string {
  return `SELECT side.*, CASE WHEN snapshots.by_snapshot THEN side.key_model ELSE side.key_family END AS group_model
    FROM ${table} AS side LEFT JOIN openai_snapshots AS snapshots ON ${sameSql('snapshots', 'side', 'key_family')}`;
}

function withKeySql(table: string): string {
  return `SELECT side.*, CASE WHEN side.key_meter IS NOT NULL THEN concat_ws(chr(31), side.account_id, COALESCE(side.sub_account_id, ''),
      side.key_meter, side.group_model, CASE WHEN details.by_tier THEN side.key_tier END,
      CASE WHEN details.by_api_key THEN COALESCE(side.api_key_id, '') END) END AS cost_key
    FROM ${table} AS side LEFT JOIN openai_details AS details ON ${sameSql('details', 'side', 'group_model')}`;
}
