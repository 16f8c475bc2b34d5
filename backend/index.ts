/** The API service: build it, or start it over open stores. */
export { buildApp } from './app.ts';
export { openBilling } from './billing/billing.ts';
export { backendVariables } from './config.ts';
export { type BackendDependencies, defaultLimits, type Limits } from './dependencies.ts';
export type { App } from './http/app-type.ts';
export { pipelineServiceClient } from './pipeline-service/client.ts';
export { type Backend, listen, startBackend, stop } from './server.ts';
