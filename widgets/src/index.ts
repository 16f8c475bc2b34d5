export type { CostAnswer, CostGroup, CostRow, CostTotal, LoadedPeriod, Metric, Problem } from './api/types.js';
export * from './components/cost-table/cost-table.js';
export * from './components/cost-trend/cost-trend.js';
export * from './components/provider/provider.js';
export * from './events.js';
export { ApiError, AuthError } from './internal/api-error.js';
export { registerLocale } from './internal/localize.js';
export type { FetchToken, TokenReason } from './internal/token-source.js';
export type { Messages } from './locales/en.js';
