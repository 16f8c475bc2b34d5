/** AI usage and what was billed for it → FOCUS 1.3: the same for every provider that reports both. */
export { type Drift, type DriftCause, driftOf } from './drift.ts';
export { extensionColumns as usageExtensionColumns } from './focus-columns.ts';
export { type UnpricedUsage, unpricedUsage } from './unpriced.ts';
export { usageBill } from './usage-bill.ts';
export { costColumns, envelope, selectList, type UsageSource, usageColumns } from './usage-source.ts';
