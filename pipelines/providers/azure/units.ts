import { lookUpSql } from '../look-up.ts';
import { azureUnits } from './data/units.ts';

/**
 * In two layers, columns `block_size` and `unit` of a `UnitOfMeasure`: `10K` → 10000 `Units`, `100 Hours` → 100 `Hours`.
 */
export const blockColumns = (unitOfMeasure: string): string[] => [
  `regexp_extract(${unitOfMeasure}, '${BLOCK}', ['number', 'scale']) AS block`,
  `trim(regexp_replace(${unitOfMeasure}, '${BLOCK}', '')) AS unit_words`,
];

export const unitColumns = (unitOfMeasure: string): string[] => [
  `CASE WHEN ${unitOfMeasure} IS NULL THEN NULL WHEN block.number = '1' AND block.scale = '' THEN CAST(1 AS DECIMAL(38,18))
    ELSE CAST(COALESCE(nullif(CAST(nullif(block.number, '') AS DECIMAL(15,0)), 0), 1) * ${SCALE} AS DECIMAL(38,18)) END AS block_size`,
  `COALESCE(${lookUpSql('unit_words', azureUnits)}, unit_words) AS unit`,
];

const SCALE = `CASE block.scale WHEN 'K' THEN 1000 WHEN 'M' THEN 1000000 WHEN 'B' THEN 1000000000
    WHEN 'T' THEN 1000000000000 ELSE 1 END`;

/** The number, and K, M, B or T behind it where no word begins with it (`1 TB`). */
const BLOCK = '^([0-9]{1,15})(?:\\s*([KMBT])\\b)?';
