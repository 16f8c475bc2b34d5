import {
  commonFaults,
  describeConfig,
  type Environment,
  readServiceConfig,
  serviceVariables,
} from '@cloudact/core/config';
import { type Static, Type } from 'typebox';

/** Everything that the pipeline service reads from its environment. `.env.example` is written from it. */
export const pipelineServiceVariables = Type.Object({
  ...serviceVariables,
  CLOUDACT_PIPELINES_PORT: Type.Integer({
    minimum: 0,
    maximum: 65535,
    default: 8001,
    description: 'Port of the pipeline service.',
  }),
  CLOUDACT_INBOX_DIR: Type.String({
    description: 'Folder with a folder for each organisation, which its files are delivered to.',
  }),
});

export type PipelineServiceConfig = Static<typeof pipelineServiceVariables>;

/** Throws `configuration_invalid` with everything that is wrong, in one message and without a value. */
export function readPipelineServiceConfig(environment: Environment): PipelineServiceConfig {
  return readServiceConfig(pipelineServiceVariables, environment, commonFaults(pipelineServiceVariables, environment));
}

/** For the log: secrets are told as `set`. */
export function describePipelineServiceConfig(
  config: PipelineServiceConfig,
): Record<string, string | number | boolean> {
  return describeConfig(pipelineServiceVariables, config);
}
