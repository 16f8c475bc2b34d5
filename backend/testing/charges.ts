import { randomUUID } from 'node:crypto';
import { costAndUsageColumns, sqlType } from '@cloudact/core/focus';
import type { OrgSlug } from '@cloudact/core/org';
import type { CellValue, LoadSession, Warehouse } from '@cloudact/core/warehouse';

/** A charge of a test: what it does not say is like every other charge of the tests. */
export interface Charge {
  /** `YYYY-MM-DD`, the day of ChargePeriodStart. */
  day: string;
  /** `YYYY-MM-01`, the month whose bill holds the charge; by default that of `day`. */
  billingMonth?: string;
  /** Decimal text, in all four cost columns unless they are given. */
  cost: string;
  tags?: Record<string, string>;
  [column: string]: CellValue | Record<string, string> | undefined;
}

/** Usage of a test whose price is not known: like a charge, without a cost. */
export interface WaitingUsage extends Pick<Charge, 'day' | 'billingMonth' | 'tags'> {
  /** Decimal text. */
  quantity: string;
  [column: string]: Charge[string];
}

/** Loads charges as one integration, replacing what it had in the billing periods that they fall into. */
export async function loadCharges(
  warehouse: Warehouse,
  org: OrgSlug,
  charges: readonly Charge[],
  options: {
    integrationId?: string;
    extractedAt?: string;
    closedPeriods?: readonly string[];
    unpriced?: readonly WaitingUsage[];
  } = {},
): Promise<void> {
  const { integrationId = 'aws-main', extractedAt = new Date().toISOString(), closedPeriods = [] } = options;
  const waiting = (options.unpriced ?? []).map(waitingRow);
  await warehouse.forOrg(org).load(async (session) => {
    await stage(session, 'charges', charges.map(focusRow), []);
    await stage(session, 'waiting', waiting, ['x_Model', 'x_UnpricedReason']);
    await session.replacePartitions({
      integrationId,
      billingPeriods: [...new Set([...charges, ...(options.unpriced ?? [])].map(billingMonthOf))],
      costTable: 'charges',
      unpricedUsageTable: 'waiting',
      runId: randomUUID(),
      extractedAt,
      closedPeriods,
    });
  });
}

export function billingMonthOf({
  day,
  billingMonth = `${day.slice(0, 7)}-01`,
}: Pick<Charge, 'day' | 'billingMonth'>): string {
  return billingMonth;
}

async function stage(
  session: LoadSession,
  table: string,
  rows: readonly Record<string, CellValue>[],
  extensions: readonly string[],
): Promise<void> {
  const columns = [
    ...costAndUsageColumns.map((column) => ({ name: column.id as string, type: sqlType(column, 'duckdb') })),
    ...extensions.map((name) => ({ name, type: 'VARCHAR' })),
  ];
  await session.run(`CREATE TEMP TABLE ${table} (${columns.map(({ name, type }) => `"${name}" ${type}`).join(', ')})`);
  for (let start = 0; start < rows.length; start += 20) {
    const params: Record<string, CellValue> = {};
    const tuples = rows.slice(start, start + 20).map((row, index) => {
      const names = columns.map(({ name }) => {
        params[`r${index}_${name}`] = row[name] ?? null;
        return `$r${index}_${name}`;
      });
      return `(${names.join(', ')})`;
    });
    await session.run(`INSERT INTO ${table} VALUES ${tuples.join(', ')}`, params);
  }
}

function waitingRow({ quantity, ...usage }: WaitingUsage): Record<string, CellValue> {
  const { BilledCost, EffectiveCost, ListCost, ContractedCost, PricingCurrencyEffectiveCost, ...row } = focusRow({
    x_Model: 'unheard-of',
    x_UnpricedReason: 'model',
    SkuMeter: 'Input Tokens',
    ConsumedUnit: 'Tokens',
    ...usage,
    cost: '0',
  });
  return { ...row, ConsumedQuantity: quantity };
}

function focusRow(charge: Charge): Record<string, CellValue> {
  const { day, billingMonth: _, cost, tags, ...columns } = charge;
  const month = billingMonthOf(charge);
  const dayEnd = addTime(day, { days: 1 });
  return {
    BilledCost: cost,
    EffectiveCost: cost,
    ListCost: cost,
    ContractedCost: cost,
    PricingCurrencyEffectiveCost: cost,
    BillingAccountId: '1',
    BillingAccountName: 'Main',
    BillingAccountType: 'Account',
    BillingCurrency: 'USD',
    PricingCurrency: 'USD',
    BillingPeriodStart: `${month} 00:00:00`,
    BillingPeriodEnd: `${addTime(month, { months: 1 })} 00:00:00`,
    ChargePeriodStart: `${day} 00:00:00`,
    ChargePeriodEnd: `${dayEnd} 00:00:00`,
    ChargeCategory: 'Usage',
    ChargeFrequency: 'Usage-Based',
    InvoiceIssuerName: 'Amazon Web Services',
    ProviderName: 'Amazon Web Services',
    PublisherName: 'Amazon Web Services',
    ServiceProviderName: 'Amazon Web Services',
    ServiceCategory: 'Compute',
    ServiceSubcategory: 'Virtual Machines',
    ServiceName: 'Amazon EC2',
    Tags: tags === undefined ? null : JSON.stringify(tags),
    ...(columns as Record<string, CellValue>),
  };
}

function addTime(day: string, { days = 0, months = 0 }: { days?: number; months?: number }): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months, date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
