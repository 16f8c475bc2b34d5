/** From older FOCUS versions to 1.3, as SQL for DuckDB. */
export { keyValueEntriesSql, keyValuesSql, keyValueTextSql } from './key-values.ts';
export { localMonthSql } from './local-months.ts';
export {
  decimalSql,
  enumerationSql,
  identifier,
  literal,
  slashOrderSql,
  textSql,
  timestampSql,
  tooFineForMoneySql,
  tooFineSql,
  upperCurrencySql,
} from './readers.ts';
export { type SourceFaultKind, sourceFaultsSql } from './source-faults.ts';
export { focusSelection, foldedName, type UpgradeSource, upgradeNotesColumn, upgradeSql } from './upgrade.ts';
