import { quoteText } from '../../landing/session.ts';
import { azureUnits } from './data/units.ts';

/** Columns `block_size` and `unit` of a `UnitOfMeasure`: `10K` → 10000 `Units`, `100 Hours` → 100 `Hours`. */
export function splitUnitSql(unitOfMeasure: string): string[] {
  const number = `nullif(regexp_extract(${unitOfMeasure}, '${BLOCK}', 1), '')`;
  const scale = `CASE regexp_extract(${unitOfMeasure}, '${BLOCK}', 2) WHEN 'K' THEN 1000 WHEN 'M' THEN 1000000 WHEN 'B' THEN 1000000000
    WHEN 'T' THEN 1000000000000 ELSE 1 END`;
  const rest = `trim(regexp_replace(${unitOfMeasure}, '${BLOCK}', ''))`;
  const cases = Object.entries(azureUnits).map(([from, to]) => `WHEN ${quoteText(from)} THEN ${quoteText(to)}`);
  return [
    `CASE WHEN ${unitOfMeasure} IS NOT NULL THEN CAST(COALESCE(nullif(CAST(${number} AS DECIMAL(15,0)), 0), 1) * ${scale} AS DECIMAL(38,18)) END AS block_size`,
    `CASE ${rest} ${cases.join(' ')} ELSE ${rest} END AS unit`,
  ];
}

/** The number, and K, M, B or T behind it where no word begins with it (`1 TB`). */
const BLOCK = '^([0-9]{1,15})(?:\\s*([KMBT])\\b)?';
