import { awsS3 } from './aws/connector/index.ts';
import { azureBlob } from './azure/connector/index.ts';
import type { Connector } from './connector.ts';
import { gcpBigQuery } from './gcp/connector/index.ts';
import { ociObjectStorage } from './oci/connector/index.ts';

/** Every way to fetch bills from a provider. What `parse` of one returns is what its other functions take. */
export const connectors: readonly Connector[] = [awsS3, azureBlob, gcpBigQuery, ociObjectStorage];

export function connectorById(id: string): Connector | undefined {
  return connectors.find((connector) => connector.id === id);
}
