import type { Metadata } from '@cloudact/core/metadata';

/** The origins whose pages may call the API from a browser. */
export interface AllowedOrigins {
  /** Never fails: while the organisations' origins cannot be read, those that were read last hold. */
  allows(origin: string): Promise<boolean>;
}

/**
 * The origins of the configuration (`*` for any), and those that any organisation allows: a preflight names no
 * organisation. Organisations' origins are read at most every 30 seconds, whether or not reading them succeeds.
 */
export function openAllowedOrigins(options: {
  configured: readonly string[];
  metadata: Pick<Metadata, 'allowedOrigins'>;
  now: () => Date;
}): AllowedOrigins {
  const { metadata, now } = options;
  const configured = new Set(options.configured);
  let ofOrganisations: ReadonlySet<string> = new Set();
  let readAgainAt = 0;
  let reading: Promise<void> | undefined;

  function read(): Promise<void> {
    reading ??= metadata
      .allowedOrigins()
      .then(
        (origins) => {
          ofOrganisations = origins;
        },
        () => undefined,
      )
      .finally(() => {
        readAgainAt = now().getTime() + READ_MILLISECONDS;
        reading = undefined;
      });
    return reading;
  }

  return {
    async allows(origin) {
      if (configured.has('*') || configured.has(origin)) return true;
      if (now().getTime() >= readAgainAt) await read();
      return ofOrganisations.has(origin);
    },
  };
}

const READ_MILLISECONDS = 30_000;
