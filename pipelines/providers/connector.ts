/**
 * A provider's own door to a bill: what a person fills in, what the provider has to allow, and how delivered billing
 * periods are listed and fetched. One connector per provider; `connectors.ts` lists them.
 */
export interface Connector<Settings = unknown> {
  /** For example `aws-s3`. */
  readonly id: string;
  /** For people, for example `AWS Data Exports in S3`. */
  readonly title: string;
  /** What a person fills in, in order; what is secret of it is sealed by whoever keeps it. */
  readonly fields: readonly CredentialField[];
  /**
   * Reads what was filled in. One connection delivers one dataset in one shape (`dataset` is one of the fields), so that
   * a raw bill and the FOCUS export of the same account are never loaded together.
   * Throws `settings_invalid` with one fault per field, and never repeats a secret.
   */
  parse(input: Readonly<Record<string, unknown>>): Settings;
  /**
   * The least that the provider has to allow, as texts to paste. `caller` is who this service is at the provider, such as
   * the ARN of its role; where it is not known, the text says what belongs there.
   */
  policies(settings: Settings, caller?: string): readonly PolicyText[];
  /** The hosts that the connector calls, and no others; `*` stands for one label. */
  allowedHosts(settings: Settings): readonly string[];
  /** Tries every step that a fetch needs and says what is missing. Throws only what is a bug or an abort. */
  check(settings: Settings, context: ConnectorContext): Promise<readonly CheckFinding[]>;
  /**
   * Every billing period that the source holds complete, oldest first, each with its change token. A period whose first
   * delivery is still being written is left out; one that is written anew is listed as it was, or as `beingWritten`: a
   * period that is missing here is taken for gone. Throws `source_denied`, `source_unavailable`, `source_incomplete`,
   * and `settings_invalid` when the place that the settings name is not there.
   */
  list(settings: Settings, context: ConnectorContext): Promise<readonly DeliveredPeriod[]>;
  /**
   * Writes all files of one billing period into `folder`, which exists and is empty, and returns their paths. They may
   * hold rows of other billing periods, which are not loaded. What is written is what `period` was when it was listed. Throws `source_changed` when it has changed since (list again), `source_incomplete` when a
   * file that the manifest names is missing or cut off, `source_denied`, `source_unavailable`; the signal's reason.
   */
  fetch(
    settings: Settings,
    period: DeliveredPeriod,
    folder: string,
    context: ConnectorContext,
  ): Promise<{ files: readonly string[] }>;
  /** Id of the bill format that the dataset of these settings is delivered in; what the files are checked against. */
  format(settings: Settings): string;
  /**
   * What the rows are: `billing` (default) makes cost; `attribution` tells who usage was for, splits what a provider
   * billed, and never adds to it.
   */
  readonly role?: 'billing' | 'attribution';
  /**
   * For how many months the source keeps what it delivered; a younger period that is no longer there was taken back.
   * Undefined: for ever.
   */
  readonly retainedMonths?: number;
}

export interface CredentialField {
  readonly name: string;
  /** For people. */
  readonly label: string;
  /** Where to find it, in one sentence. */
  readonly help: string;
  readonly kind: 'text' | 'secret' | 'choice';
  readonly required: boolean;
  /** A regular expression that the whole value matches (JavaScript, no flags). */
  readonly pattern?: string;
  /** Ends the sentence "`label` must be …". */
  readonly expected?: string;
  readonly example?: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** Filled in only when another field has one of these values. */
  readonly when?: { readonly field: string; readonly values: readonly string[] };
  /** Made by us, shown for copying, never typed: an external ID. */
  readonly generated?: boolean;
  /**
   * The server that secrets are sent to follows from it: whoever changes it enters the secrets again, so that nobody has
   * those of others sent to a server of their own.
   */
  readonly decidesHost?: boolean;
}

export interface PolicyText {
  /** What it is and where it goes, for people. */
  readonly title: string;
  readonly language: 'json' | 'text';
  readonly text: string;
}

/** One step of a check, in the order in which they were tried. */
export interface CheckFinding {
  /** Stable, for example `list_objects`. */
  readonly step: string;
  readonly ok: boolean;
  /** What was found; where `ok` is false, what is missing and what to do. Never a secret. */
  readonly detail: string;
}

export interface DeliveredPeriod {
  /** First day, `YYYY-MM-01`. */
  readonly billingPeriod: string;
  /** Differs whenever anything in the period differs. Opaque, without secrets. */
  readonly changeToken: string;
  /** When the provider wrote it, ISO 8601, UTC; null when it does not say. */
  readonly deliveredAt: string | null;
  /** The delivery is not whole at the moment: the period is neither fetched nor taken for gone. */
  readonly beingWritten?: boolean;
  /**
   * The source tells of charges from this day on only, `YYYY-MM-DD`: what is loaded of earlier days of the period stays.
   */
  readonly heldFrom?: string;
  /** What is fetched: object names with what proves that they are unchanged, or a table with its state. */
  readonly parts: readonly DeliveredPart[];
}

export interface DeliveredPart {
  readonly name: string;
  /** ETag, generation or export time; what the fetch insists on. */
  readonly version: string;
  /** Bytes of the object; null for a table. */
  readonly bytes: number | null;
  /** Rows, where the source tells. */
  readonly rows?: number;
  /** Which dataset the part is, where a period is made of several, for example `ActualCost`. */
  readonly dataset?: string;
}

export interface ConnectorContext {
  readonly signal?: AbortSignal;
  /** Share of the period's bytes or rows that is fetched, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /**
   * Servers that settings name may lie in a private network. Right on a machine of one's own, never where others fill in the
   * settings: they could read what only this machine can reach.
   */
  readonly privateNetwork?: boolean;
  /** Of one answer of a server that settings name. Default 64 MiB. */
  readonly maximumAnswerBytes?: number;
  /** Another address of the provider's API, for protocol servers in tests. */
  readonly endpoint?: string;
  /** Another address of the provider's sign-in, for protocol servers in tests. */
  readonly signInEndpoint?: string;
  /** PEM of the authority that signed the certificates of these servers. */
  readonly certificateAuthority?: string;
}
