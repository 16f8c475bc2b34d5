/** A bill on its way into an organisation's dataset: the run as a row, and the load that it stands for. */
export { seatsCountedTwice } from './double-counting.ts';
export { type ExecuteRunOptions, executeRun } from './execute-run.ts';
export { noteFailure } from './failure.ts';
export { loadAttribution } from './load-attribution.ts';
export type { LoadedBill } from './load-bill.ts';
export { type Replay, type ReplayOptions, replayPeriods } from './replay.ts';
export type { Run, RunSource, RunState } from './run.ts';
export { createRunStore, type NewRun, type RunChange, type RunStore } from './run-store.ts';
export type { LoadProgress, LoadStage } from './stages.ts';
