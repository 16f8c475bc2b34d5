/** Pipelines as a library: provider bills in, FOCUS 1.3 out. */
export { type ConvertOptions, type ConvertProgress, type ConvertReport, convert } from './convert/index.ts';
export { formatReport, type ValidationReport, validateFocusFile } from './focus/validate/index.ts';
export {
  type LandedBill,
  type LandingOptions,
  type LandingProgress,
  type LandingSession,
  landFiles,
  type SourceFaults,
  sourceFaults,
} from './landing/index.ts';
export {
  createPriceBook,
  type Meter,
  type MeterId,
  meters,
  type Overrides,
  type PriceBook,
  type PriceQuestion,
  priceRequest,
  type RequestAttempt,
  type RequestCharge,
  type RequestCost,
  type RequestPriceOptions,
  type ResponseFormat,
  readOverrides,
  readOverridesFile,
} from './prices/index.ts';
export {
  type AttributionRecord,
  attributionRecordSchema,
  toLine as attributionLine,
} from './providers/attribution-file/record.ts';
export type { BillFormat, BillPlan, RawColumn, RowRule } from './providers/bill-format.ts';
export type { Connector, ConnectorContext, CredentialField, PolicyText } from './providers/connector.ts';
export { connectorById, connectors } from './providers/connectors.ts';
export { billFormats, detectFormat } from './providers/registry.ts';
export { type ReconciledTotal, reconcile, ties } from './reconcile/index.ts';
export {
  executeRun,
  loadAttribution,
  type Replay,
  type ReplayOptions,
  replayPeriods,
  seatsCountedTwice,
} from './runs/index.ts';
export { type SyncedPeriod, type SyncOptions, syncConnection } from './runs/sync/index.ts';
export {
  convertPlans,
  type DoubleCounting,
  type PlanDocument,
  type PlanTemplate,
  planDocumentSchema,
  planTemplates,
  readPlanFile,
  readPlans,
  refuseRewritten,
} from './subscriptions/index.ts';
export type { Drift, DriftCause, UnpricedUsage } from './usage/index.ts';
