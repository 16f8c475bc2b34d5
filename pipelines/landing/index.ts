/** Files as delivered → one raw table, with the file and the row that every line came from. */
export { sourceFileNames } from './file-names.ts';
export { type LandedBill, type LandingOptions, type LandingProgress, landFiles } from './land.ts';
export { type LandingSession, quoteName, quoteText } from './session.ts';
export { type SourceFaultGroup, type SourceFaults, type SourceFaultsOptions, sourceFaults } from './source-faults.ts';
export { inspectFile, type SourceFile } from './source-file.ts';
export { StagedRows, type StagingFolder } from './staged-rows.ts';
export { withoutUnloadable } from './unloadable.ts';
