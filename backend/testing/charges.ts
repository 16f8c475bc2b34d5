import { randomUUID } from 'node:crypto';
import { costAndUsageColumns, sqlType } from '@cloudact/core/focus';
import type { OrgSlug } from '@cloudact/core/org';
import type { CellValue, Warehouse } from '@cloudact/core/warehouse';

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

/** Loads charges as one integration, replacing what it had in the billing periods that they fall into. */
export async function loadCharges(
  warehouse: Warehouse,
  org: OrgSlug,
  charges: readonly Charge[],
  options: { integrationId?: string; extractedAt?: string; closedPeriods?: readonly string[] } = {},
): Promise<void> {
  const { integrationId = 'aws-main', extractedAt = new Date().toISOString(), closedPeriods = [] } = options;
  await warehouse.forOrg(org).load(async (session) => {
    const columns = costAndUsageColumns.map((column) => `"${column.id}" ${sqlType(column, 'duckdb')}`);
    await session.run(`CREATE TEMP TABLE charges (${columns.join(', ')})`);
    for (let start = 0; start < charges.length; start += 20) {
      const rows = charges.slice(start, start + 20).map(focusRow);
      const params: Record<string, CellValue> = {};
      const tuples = rows.map((row, index) => {
        const names = costAndUsageColumns.map(({ id }) => {
          params[`r${index}_${id}`] = row[id] ?? null;
          return `$r${index}_${id}`;
        });
        return `(${names.join(', ')})`;
      });
      await session.run(`INSERT INTO charges VALUES ${tuples.join(', ')}`, params);
    }
    await session.replacePartitions({
      integrationId,
      billingPeriods: [...new Set(charges.map(billingMonthOf))],
      costTable: 'charges',
      runId: randomUUID(),
      extractedAt,
      closedPeriods,
    });
  });
}

export function billingMonthOf({ day, billingMonth = `${day.slice(0, 7)}-01` }: Charge): string {
  return billingMonth;
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
