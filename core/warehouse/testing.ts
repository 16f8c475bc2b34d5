import { contractCommitmentColumns, costAndUsageColumns, sqlType } from '../focus/index.ts';
import type { Dialect } from './dialect.ts';
import type { CellValue, LoadSession } from './port.ts';

/** Columns of FOCUS and `x_` columns that differ from {@link usualCharge}. */
export type Charge = Readonly<Record<string, CellValue>>;

/** One hour of storage for nothing: a valid row of Cost and Usage. */
export const usualCharge: Charge = {
  BilledCost: '0',
  BillingAccountId: '111111111111',
  BillingAccountType: 'Payer account',
  BillingCurrency: 'USD',
  BillingPeriodEnd: '2026-11-01 00:00:00',
  BillingPeriodStart: '2026-10-01 00:00:00',
  ChargeCategory: 'Usage',
  ChargeFrequency: 'Usage-Based',
  ChargePeriodEnd: '2026-10-01 01:00:00',
  ChargePeriodStart: '2026-10-01 00:00:00',
  ContractedCost: '0',
  EffectiveCost: '0',
  InvoiceIssuerName: 'Amazon Web Services',
  ListCost: '0',
  PricingCurrency: 'USD',
  PricingCurrencyEffectiveCost: '0',
  ProviderName: 'Amazon Web Services',
  PublisherName: 'Amazon Web Services',
  ServiceCategory: 'Storage',
  ServiceName: 'Amazon S3',
  ServiceProviderName: 'Amazon Web Services',
  ServiceSubcategory: 'Object Storage',
};

/** Stages charges as `table`, with every column of FOCUS 1.3 and the `x_` columns that the charges name. */
export async function stageCharges(
  session: LoadSession,
  dialect: Dialect,
  table: string,
  charges: readonly Charge[],
): Promise<void> {
  const types = new Map<string, string>(
    costAndUsageColumns.map((column) => [column.id, sqlType(column, dialect.name)]),
  );
  const text = sqlType({ dataType: 'String' }, dialect.name);
  for (const charge of charges) for (const name of Object.keys(charge)) if (!types.has(name)) types.set(name, text);
  const columns = [...types].map(([name, type]) => `${dialect.quote(name)} ${type}`);
  await session.run(`CREATE OR REPLACE TEMP TABLE ${dialect.quote(table)} (${columns.join(', ')})`);
  for (const charge of charges) {
    const row: Charge = { ...usualCharge, ...charge };
    const given = [...types.keys()].filter((name) => row[name] !== undefined && row[name] !== null);
    const params = Object.fromEntries(given.map((name) => [name, String(row[name])]));
    await session.run(
      `INSERT INTO ${dialect.quote(table)} (${given.map(dialect.quote).join(', ')})
       SELECT ${given.map((name) => `CAST(${dialect.param(name)} AS ${types.get(name)})`).join(', ')}`,
      params,
    );
  }
}

/** Stages contract commitments of the given costs (USD) as `table`, as the bill of a billing period tells of them. */
export async function stageCommitments(
  session: LoadSession,
  dialect: Dialect,
  table: string,
  period: string,
  costs: readonly string[],
): Promise<void> {
  const types = new Map<string, string>(
    contractCommitmentColumns.map((column) => [column.id, sqlType(column, dialect.name)]),
  );
  const columns = [...types].map(([name, type]) => `${dialect.quote(name)} ${type}`);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${dialect.quote(table)} (${columns.join(', ')}, x_BillingPeriodStart DATE)`,
  );
  for (const [index, cost] of costs.entries()) {
    const row: Record<string, string> = {
      BillingCurrency: 'USD',
      ContractCommitmentCategory: 'Spend',
      ContractCommitmentCost: cost,
      ContractCommitmentId: `commitment-${index}`,
      ContractCommitmentPeriodEnd: '2027-01-01 00:00:00',
      ContractCommitmentPeriodStart: '2026-01-01 00:00:00',
      ContractCommitmentType: 'Spend commitment',
      ContractId: 'contract-1',
      ContractPeriodEnd: '2027-01-01 00:00:00',
      ContractPeriodStart: '2026-01-01 00:00:00',
    };
    await session.run(
      `INSERT INTO ${dialect.quote(table)} (${Object.keys(row).map(dialect.quote).join(', ')}, x_BillingPeriodStart)
       SELECT ${Object.keys(row)
         .map((name) => `CAST(${dialect.param(name)} AS ${types.get(name)})`)
         .join(', ')}, CAST(${dialect.param('period')} AS DATE)`,
      { ...row, period },
    );
  }
}

/** A charge of `cost` USD for `service` on the given day, in the billing period of that day's month. */
export function charge(day: string, service: string, cost: string, more: Charge = {}): Charge {
  const month = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  const end = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1));
  return {
    BillingPeriodStart: `${day.slice(0, 7)}-01 00:00:00`,
    BillingPeriodEnd: `${end.toISOString().slice(0, 10)} 00:00:00`,
    ChargePeriodStart: `${day} 00:00:00`,
    ChargePeriodEnd: `${day} 01:00:00`,
    ServiceName: service,
    BilledCost: cost,
    EffectiveCost: cost,
    ListCost: cost,
    ContractedCost: cost,
    ...more,
  };
}
