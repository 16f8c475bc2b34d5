import { literal } from './readers.ts';

/** What FOCUS files say differently, provider by provider. */
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
 * SQL of which known provider a ProviderName or PublisherName belongs to (`aws`, `google`, `microsoft`, `oracle`), or
 * null. The rest of this file reads it as the columns `provider` and `publisher`.
 */
export function providerSql(name: string): string {
  const folded = `lower(trim(${name}))`;
  const cases = providers.map(
    ({ names }) => `WHEN regexp_matches(${folded}, '^(${names.join('|')})\\b') THEN '${names[0]}'`,
  );
  return `CASE ${cases.join(' ')} END`;
}

/**
 * Who offers the service: ProviderName, or the publisher where that is a third party (a marketplace seller). AWS puts
 * the legal entity of the seller into PublisherName (`Amazon Web Services EMEA SARL`), so a publisher that is known as
 * the provider, or whose name begins like the provider's, is the provider. A name that the file has already stands.
 */
export const serviceProviderNameSql = `CASE
  WHEN ServiceProviderName IS NOT NULL THEN ServiceProviderName
  WHEN ProviderName IS NULL THEN PublisherName
  WHEN PublisherName IS NULL OR PublisherName = ProviderName OR publisher = provider THEN ProviderName
  WHEN starts_with(lower(trim(PublisherName)), lower(trim(ProviderName))) THEN ProviderName
  WHEN starts_with(lower(trim(ProviderName)), lower(trim(PublisherName))) THEN ProviderName
  ELSE PublisherName END`;

/** Whose infrastructure it runs on, where the file does not say: the provider; null where FOCUS says it cannot be determined. */
export const hostProviderNameSql = `COALESCE(HostProviderName, CASE WHEN ChargeCategory NOT IN ('Tax', 'Adjustment') THEN ProviderName END)`;

export const invoiceIssuerNameSql = byProvider(({ invoiceIssuerName }) => literal(invoiceIssuerName), 'ProviderName');
export const billingAccountTypeSql = byProvider(
  ({ billingAccountType }) => billingAccountType,
  literal('Billing Account'),
);
export const subAccountTypeSql = byProvider(({ subAccountType }) => literal(subAccountType), literal('Sub Account'));

function byProvider(value: (provider: Provider) => string, otherwise: string): string {
  const cases = providers.map((provider) => `WHEN '${provider.names[0]}' THEN ${value(provider)}`);
  return `CASE provider ${cases.join(' ')} ELSE ${otherwise} END`;
}
