/** The API service: build it, or start it over open stores. */
export { buildApp } from './app.ts';
export { type BackendDependencies, defaultLimits, type Limits } from './dependencies.ts';
export type { App } from './http/app-type.ts';
export { type Backend, listen, startBackend, stop } from './server.ts';
