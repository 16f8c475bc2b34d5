import { claudeCode } from './anthropic/claude-code/index.ts';
import { anthropic } from './anthropic/connector/index.ts';
import { awsS3 } from './aws/connector/index.ts';
import { azureBlob } from './azure/connector/index.ts';
import type { Connector } from './connector.ts';
import { cursorEvents } from './cursor/connector/index.ts';
import { gcpBigQuery } from './gcp/connector/index.ts';
import { githubBilling } from './github/connector/index.ts';
import { langfuseProject } from './langfuse/connector/index.ts';
import { liteLlmProxy } from './litellm/connector/index.ts';
import { mistralAdmin } from './mistral/connector/index.ts';
import { ociObjectStorage } from './oci/connector/index.ts';
import { openaiOrganization } from './openai/connector/index.ts';
import { openrouterActivity } from './openrouter/connector/index.ts';
import { xaiManagement } from './xai/connector/index.ts';

/** Every way to fetch from a provider what it billed, and from a gateway who usage was for. What `parse` of one returns is what its other functions take. */
export const connectors: readonly Connector[] = [
  awsS3,
  azureBlob,
  gcpBigQuery,
  ociObjectStorage,
  openaiOrganization,
  anthropic,
  openrouterActivity,
  githubBilling,
  cursorEvents,
  mistralAdmin,
  xaiManagement,
  claudeCode,
  liteLlmProxy,
  langfuseProject,
];

export function connectorById(id: string): Connector | undefined {
  return connectors.find((connector) => connector.id === id);
}
