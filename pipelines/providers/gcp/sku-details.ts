import { quoteText } from '../../landing/session.ts';

const WHOLE = '^(0|[1-9][0-9]*)$';
/** Members of SkuPriceDetails in the order of their keys: JSON key, SQL of the value, whether it is a number. */
const MEMBERS: readonly [key: string, value: string, isNumber: boolean][] = [
  ['CoreCount', `nullif(regexp_extract(cores, ${quoteText(WHOLE)}), '')`, true],
  ['InstanceType', 'machine', false],
  ['x_ConsumptionModel', 'CASE WHEN has_model THEN COALESCE(model_name, model) END', false],
  ['x_MemoryMebibytes', `nullif(regexp_extract(memory, ${quoteText(WHOLE)}), '')`, true],
  ['x_TierStart', `rtrim(rtrim(CAST(tier_start AS VARCHAR), '0'), '.')`, true],
];

/** SkuPriceDetails: what the price is for, beyond the SKU. Null where nothing is known. */
export const skuPriceDetailsSql = `'{' || nullif(concat_ws(',', ${MEMBERS.map(
  ([key, value, isNumber]) => `'"${key}":' || ${isNumber ? value : `CAST(to_json(${value}) AS VARCHAR)`}`,
).join(', ')}), '') || '}'`;
