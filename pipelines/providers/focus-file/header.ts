import { CloudActError } from '@cloudact/core/errors';
import { type CostAndUsageColumnId, costAndUsageColumnIds } from '@cloudact/core/focus';
import { detectFocusVersion, type FocusVersion } from '../../focus/version.ts';

/** How the columns of a file are understood. */
export interface FocusHeader {
  readonly version: FocusVersion;
  readonly columns: readonly HeaderColumn[];
}

export interface HeaderColumn {
  /** As delivered. */
  readonly source: string;
  /** Name in the raw table. */
  readonly raw: string;
  /** The FOCUS column, where it is one; else the column is handed on under `extension`. */
  readonly focus?: CostAndUsageColumnId;
  /** `x_` name of a column that FOCUS 1.3 does not have. */
  readonly extension?: string;
}

/** Understands a header, or returns undefined when it is not of a FOCUS Cost and Usage file. */
export function readHeader(header: readonly string[]): FocusHeader | undefined {
  const names = header.map((source) => ({ source, name: properName(source) }));
  const version = detectFocusVersion(names.map(({ name }) => name));
  return version && { version, columns: nameColumns(names, version) };
}

/** Throws `file_format_unknown` when a column is missing without which no row has a place in the cost table. */
export function requireColumns({ version, columns }: FocusHeader): void {
  const present = new Set(columns.map(({ focus }) => focus));
  const absent = neededColumns.filter((id) => !present.has(id));
  const provider = providerColumns.some((id) => present.has(id)) ? [] : ['ProviderName'];
  const missing = [...absent, ...provider];
  if (missing.length > 0) {
    throw new CloudActError('file_format_unknown', {
      detail: `This looks like a FOCUS ${version} file, but it has no column ${missing.join(', ')}. Export it again with ${missing.length > 1 ? 'these columns' : 'this column'}.`,
      faults: missing.map((column) => ({ column, reason: 'the column is missing' })),
    });
  }
}

/** Without these a charge has no amount, no time or no owner. Everything else can be empty or has a rule. */
export const neededColumns = [
  'BilledCost',
  'EffectiveCost',
  'BillingAccountId',
  'BillingCurrency',
  'BillingPeriodStart',
  'BillingPeriodEnd',
  'ChargeCategory',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'ServiceName',
] as const satisfies readonly CostAndUsageColumnId[];

/** One of them has to say whose charges they are. */
const providerColumns = ['ServiceProviderName', 'ProviderName', 'PublisherName'] as const;

/** Spellings of 1.0-preview, some of them only found in providers' files. */
const formerNames: Record<string, CostAndUsageColumnId> = {
  InvoiceIssuer: 'InvoiceIssuerName',
  Provider: 'ProviderName',
  Publisher: 'PublisherName',
  Region: 'RegionId',
  UsageQuantity: 'ConsumedQuantity',
  UsageUnit: 'ConsumedUnit',
};

/** Names of the cost table that are ours, so no file may bring them. */
const reserved = ['org_slug', 'x_IntegrationId', 'x_SourceFile', 'x_SourceRow', 'x_UpgradeNotes'];

function nameColumns(names: readonly { source: string; name: string }[], version: FocusVersion): HeaderColumn[] {
  const taken = new Set(reserved.map((name) => name.toLowerCase()));
  const rawTaken = new Set(taken);
  const delivered = new Set<CostAndUsageColumnId>();
  const present = new Set(names.map(({ name }) => name));
  return names.map(({ source, name }): HeaderColumn => {
    // A column under its own name goes before one under a former name.
    const former = version === '1.3' || version === '1.4' ? undefined : formerNames[name];
    const focus = focusIds.has(name)
      ? (name as CostAndUsageColumnId)
      : former && !present.has(former)
        ? former
        : undefined;
    if (focus && !delivered.has(focus)) {
      delivered.add(focus);
      return { source, raw: unique(snakeCase(focus), rawTaken), focus };
    }
    const extension = unique(extensionName(name), taken);
    return { source, raw: unique(snakeCase(extension), rawTaken), extension };
  });
}

const focusIds = new Set<string>(costAndUsageColumnIds);

const spellings = new Map(
  [...costAndUsageColumnIds, ...Object.keys(formerNames), 'ChargeSubcategory'].map((name) => [folded(name), name]),
);

/**
 * The name as FOCUS spells it, whatever the case, with the blanks, hyphens and underscores that spreadsheets and
 * warehouses put between words (`billed_cost`, `Billed Cost`); other names without the quotes, blanks and byte order
 * mark that stand around them. A name with `x_` is never one of FOCUS.
 */
function properName(source: string): string {
  const name = source.replace(/^[\ufeff\s"'`]+|[\s"'`]+$/g, '');
  return spellings.get(folded(name)) ?? name;
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}

/** The name itself where FOCUS allows it for a custom column, else made to fit: letters, digits and `_` after `x_`. */
function extensionName(source: string): string {
  const name = source.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^_+|_+$/g, '');
  return /^x_\w/i.test(name) ? `x_${name.slice(2)}` : `x_${name || 'column'}`;
}

function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

function unique(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let count = 2; taken.has(candidate.toLowerCase()); count++) candidate = `${name}_${count}`;
  taken.add(candidate.toLowerCase());
  return candidate;
}
