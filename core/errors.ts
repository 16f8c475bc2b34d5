/**
 * The error catalogue. A code is stable: hosts, scripts and tests may depend on it.
 * `title` says what kind of thing went wrong, once and for all; the `detail` of one error says what, where and
 * what to do. HTTP status is here because every room's errors may end at the API; only the API reads it.
 */
export const errorCatalogue = {
  // Input files
  file_not_found: { status: 404, title: 'File not found' },
  file_unreadable: { status: 422, title: 'File cannot be read' },
  file_format_unknown: { status: 422, title: 'Billing format not recognised' },
  rows_unreadable: { status: 422, title: 'Rows cannot be read' },
  output_unwritable: { status: 422, title: 'Output cannot be written' },
  totals_differ: { status: 422, title: 'Totals differ from the source' },
  usage_invalid: { status: 400, title: 'Command not understood' },

  // A provider's source
  settings_invalid: { status: 422, title: 'Connection settings not valid' },
  source_denied: { status: 403, title: 'The provider denied access' },
  source_unavailable: { status: 503, title: 'The provider does not answer' },
  source_incomplete: { status: 422, title: 'The delivery is incomplete' },
  source_changed: { status: 409, title: 'The delivery changed while it was read' },

  // Requests
  request_invalid: { status: 400, title: 'Request not valid' },
  authentication_required: { status: 401, title: 'Authentication required' },
  credential_invalid: { status: 401, title: 'Credential not valid' },
  credential_expired: { status: 401, title: 'Credential expired' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  conflict: { status: 409, title: 'Conflict' },
  idempotency_key_reused: { status: 422, title: 'Idempotency-Key used for another request' },
  idempotency_key_in_flight: { status: 409, title: 'The same request is under way' },
  payload_too_large: { status: 413, title: 'Request body too large' },
  media_type_unsupported: { status: 415, title: 'Media type not supported' },
  rate_limited: { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'Not available right now' },
  internal: { status: 500, title: 'Internal error' },

  // Organisations
  org_slug_invalid: { status: 400, title: 'Organisation slug not valid' },
  org_exists: { status: 409, title: 'Organisation already exists' },
  org_limit_reached: { status: 409, title: 'Too many organisations' },

  // People
  invitation_invalid: { status: 404, title: 'Invitation not valid' },
  last_owner: { status: 409, title: 'The organisation needs an owner' },

  // Plans
  plan_limit_reached: { status: 402, title: 'Not in the plan' },
  billing_off: { status: 404, title: 'Billing is off' },
  billing_unavailable: { status: 503, title: 'Billing does not answer' },

  // Vault
  vault_sealed: { status: 500, title: 'Credential cannot be opened' },
  vault_unavailable: { status: 503, title: 'The vault does not answer' },

  // Warehouse
  dataset_not_found: { status: 404, title: 'Dataset not found' },
  dataset_damaged: { status: 500, title: 'Dataset file is damaged' },
  storage_full: { status: 507, title: 'No space left on the disk' },
  query_refused: { status: 500, title: 'Query refused' },
  load_refused: { status: 422, title: 'Load refused' },
  load_stale: { status: 409, title: 'A newer load is already in place' },

  // Configuration and start-up
  configuration_invalid: { status: 500, title: 'Configuration not valid' },
  port_taken: { status: 500, title: 'Port already in use' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

/** Where in somebody's input the trouble is. Rows count from 1, the header not included. */
export interface InputLocation {
  file?: string;
  row?: number;
  column?: string;
  value?: string;
}

/** One thing wrong with one place of the input. */
export interface InputFault extends InputLocation {
  reason: string;
}

export interface CloudActErrorOptions {
  /** Shown to the person: what is wrong, where, and what to do. Never holds a secret. */
  detail: string;
  /** One entry per place, where there are several. */
  faults?: readonly InputFault[];
  /** After which asking again can help. Told by `Retry-After`. */
  retryAfterSeconds?: number | undefined;
  /** For the log only. */
  cause?: unknown;
}

/** The one error class of the project. Anything else that is thrown is a bug and shows as `internal`. */
export class CloudActError extends Error {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly faults: readonly InputFault[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, { detail, faults = [], retryAfterSeconds, cause }: CloudActErrorOptions) {
    super(`${errorCatalogue[code].title}: ${detail}`, { cause });
    this.name = 'CloudActError';
    this.code = code;
    this.detail = detail;
    this.faults = faults;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get status(): number {
    return errorCatalogue[this.code].status;
  }

  get title(): string {
    return errorCatalogue[this.code].title;
  }
}
