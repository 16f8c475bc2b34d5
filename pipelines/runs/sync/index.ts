/** A connection's billing periods, kept as the source delivers and restates them. */
export { type SyncedPeriod, type SyncOptions, syncConnection } from './sync-connection.ts';
