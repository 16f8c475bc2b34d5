/** FOCUS 1.3 validation: of a table in DuckDB, and of a file. */
export { detectFocusVersion, type FocusVersion } from '../version.ts';
export { formatReport, type RuleExample, type RuleResult, type RuleStatus, type ValidationReport } from './report.ts';
export type { Keyword } from './requirements.ts';
export type { SqlConnection } from './sql.ts';
export { validateFocusFile } from './validate-file.ts';
export { type ValidationOptions, validateFocusTable } from './validate-table.ts';
