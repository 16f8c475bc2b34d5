import { costAndUsageColumns } from '@cloudact/core/focus';
import { quoteName } from '../landing/index.ts';

export type OutputFormat = 'csv' | 'parquet' | 'ndjson';

/**
 * What is written: the 65 FOCUS columns in the order of FOCUS, then our `x_` columns. In text, times are
 * `YYYY-MM-DDTHH:MM:SSZ` and decimals have neither exponent nor trailing zeros; in NDJSON they are strings, so that no
 * reader makes floats of them; in Parquet they are DECIMAL(38,18) and TIMESTAMP. Missing values are null, never "".
 */
export function projectionSql(focus: string, extensionColumns: readonly string[], format: OutputFormat): string {
  const columns = costAndUsageColumns.map(({ id, dataType }) => {
    const name = quoteName(id);
    if (format === 'parquet') return name;
    if (dataType === 'Decimal') return `${decimalTextSql(name)} AS ${name}`;
    if (dataType === 'Date/Time') return `strftime(${name}, '%Y-%m-%dT%H:%M:%SZ') AS ${name}`;
    return name;
  });
  const own = [...extensionColumns, 'x_SourceFile', 'x_SourceRow'].map(quoteName);
  return `SELECT ${[...columns, ...own].join(', ')} FROM (${focus})`;
}

function decimalTextSql(name: string): string {
  return `rtrim(rtrim(CAST(${name} AS VARCHAR), '0'), '.')`;
}
