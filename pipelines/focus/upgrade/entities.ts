import { literal } from './readers.ts';

/** What FOCUS files say differently, provider by provider. SQL works on the columns ProviderName and PublisherName. */
interface Provider {
  /** Lower-case beginnings of ProviderName and of the names of the provider's own legal entities. */
  readonly names: readonly string[];
  /** Who sends the invoice where the file does not say. */
  readonly invoiceIssuerName: string;
  /** SQL over BillingAccountId. */
  readonly billingAccountType: string;
  readonly subAccountType: string;
}

const providers: readonly Provider[] = [
  {
    names: ['aws', 'amazon'],
    invoiceIssuerName: 'Amazon Web Services, Inc.',
    billingAccountType: literal('Management Account'),
    subAccountType: 'Member Account',
  },
  {
    names: ['google'],
    invoiceIssuerName: 'Google Cloud',
    billingAccountType: literal('Billing Account'),
    subAccountType: 'Project',
  },
  {
    names: ['microsoft', 'azure'],
    invoiceIssuerName: 'Microsoft',
    billingAccountType: `CASE WHEN contains(lower(BillingAccountId), '/billingprofiles/') THEN 'Billing Profile' ELSE 'Billing Account' END`,
    subAccountType: 'Subscription',
  },
  {
    names: ['oracle', 'oci'],
    invoiceIssuerName: 'Oracle',
    billingAccountType: literal('Subscription'),
    subAccountType: 'Tenancy',
  },
];

/**
 * Who offers the service: ProviderName, or the publisher where that is a third party (a marketplace seller). AWS puts
 * the legal entity of the seller into PublisherName (`Amazon Web Services EMEA SARL`), so a publisher whose name starts
 * like the provider's is the provider.
 */
export const serviceProviderNameSql = `CASE WHEN PublisherName IS NULL OR ${isOwnEntitySql()} THEN COALESCE(ProviderName, PublisherName) ELSE PublisherName END`;

/** Whose infrastructure it runs on: the provider; null where FOCUS says it cannot be determined. */
export const hostProviderNameSql = `CASE WHEN ChargeCategory IN ('Tax', 'Adjustment') THEN NULL ELSE ProviderName END`;

export const invoiceIssuerNameSql = byProvider(({ invoiceIssuerName }) => literal(invoiceIssuerName), 'ProviderName');
export const billingAccountTypeSql = byProvider(
  ({ billingAccountType }) => billingAccountType,
  literal('Billing Account'),
);
export const subAccountTypeSql = byProvider(({ subAccountType }) => literal(subAccountType), literal('Sub Account'));

/** SQL condition: the row is of this provider. */
export function isProviderSql(name: 'aws' | 'google' | 'microsoft' | 'oracle'): string {
  return startsLike('ProviderName', providers.find(({ names }) => names.includes(name))!);
}

function isOwnEntitySql(): string {
  const known = providers.map(
    (provider) => `(${startsLike('ProviderName', provider)} AND ${startsLike('PublisherName', provider)})`,
  );
  const alike = `starts_with(lower(trim(PublisherName)), lower(trim(ProviderName))) OR starts_with(lower(trim(ProviderName)), lower(trim(PublisherName)))`;
  return `COALESCE(${known.join(' OR ')} OR ${alike}, false)`;
}

function byProvider(value: (provider: Provider) => string, otherwise: string): string {
  const cases = providers.map((provider) => `WHEN ${startsLike('ProviderName', provider)} THEN ${value(provider)}`);
  return `CASE ${cases.join(' ')} ELSE ${otherwise} END`;
}

function startsLike(column: string, { names }: Provider): string {
  return `COALESCE(regexp_matches(lower(trim(${column})), '^(${names.join('|')})\\b'), false)`;
}
