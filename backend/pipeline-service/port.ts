import type { OrgSlug } from '@cloudact/core/org';

/** What the API asks of the pipeline service on 8001, with a service token. */
export interface PipelineService {
  /** Every connector with its fields. */
  connectors(): Promise<readonly ConnectorDescription[]>;
  /** Opens the credentials there and tries every step that a fetch needs. Throws `unavailable`. */
  check(org: OrgSlug, integrationId: string): Promise<readonly CheckFinding[]>;
}

export interface ConnectorDescription {
  readonly id: string;
  readonly title: string;
  readonly fields: readonly ConnectorField[];
}

export interface ConnectorField {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly kind: 'text' | 'secret' | 'choice';
  readonly required: boolean;
  readonly pattern?: string;
  readonly expected?: string;
  readonly example?: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly when?: { readonly field: string; readonly values: readonly string[] };
  /** Made by us, never typed: an external ID. */
  readonly generated?: boolean;
  /** The server that secrets are sent to follows from it: whoever changes it enters the secrets again. */
  readonly decidesHost?: boolean;
}

export interface CheckFinding {
  readonly step: string;
  readonly ok: boolean;
  readonly detail: string;
}
