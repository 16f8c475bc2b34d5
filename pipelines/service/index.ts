export { buildPipelineService } from './app.ts';
export { pipelineServiceVariables } from './config.ts';
export type { PipelineServiceDependencies } from './dependencies.ts';
export type { RunAnswer } from './run-routes.ts';
export { type PipelineService, startPipelineService } from './server.ts';
