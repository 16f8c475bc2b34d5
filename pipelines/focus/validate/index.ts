/** FOCUS 1.3 validation: of a table in DuckDB, and of a file. */
export { detectFocusVersion, type FocusVersion } from '../version.ts';
export type { CheckResult, Severity } from './checks.ts';
export { htmlReport } from './html-report.ts';
export {
  type InvoiceTotal,
  isSound,
  type RuleExample,
  type RuleResult,
  type RuleStatus,
  type ValidationReport,
} from './report.ts';
export type { Keyword } from './requirements.ts';
export type { SqlConnection } from './sql.ts';
export { formatReport } from './terminal-report.ts';
export { type FileValidationOptions, validateFocusFile } from './validate-file.ts';
export { type ValidationOptions, type ValidationStage, validateFocusTable } from './validate-table.ts';
