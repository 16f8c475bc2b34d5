import { describe, expect, test } from 'vitest';
import { reconcile, ties } from '../../reconcile/index.ts';
import { bareLine, billCsv, type Line } from './fixtures/bill.ts';
import { focusRows, withBill } from './fixtures/converted.ts';
import { cur2Csv } from './fixtures/cur2.ts';

const inc = { 'bill/InvoiceId': 'US-1', 'bill/InvoicingEntity': 'Amazon Web Services, Inc.' };
const emea = {
  'bill/InvoiceId': 'EU-1',
  'bill/InvoicingEntity': 'Amazon Web Services EMEA SARL',
  'lineItem/LegalEntity': 'Amazon Web Services EMEA SARL',
};
const india = {
  'bill/InvoiceId': 'IN-1',
  'bill/InvoicingEntity': 'AWS India',
  'lineItem/CurrencyCode': 'INR',
  'pricing/currency': 'INR',
};
const seller = {
  'bill/InvoiceId': 'MP-1',
  'bill/BillingEntity': 'AWS Marketplace',
  'lineItem/LegalEntity': 'Seller Ltd',
};
const plan = { 'savingsPlan/SavingsPlanARN': 'arn:aws:savingsplans::1:savingsplan/p' };

const lines: Line[] = [
  inc,
  {
    ...inc,
    ...plan,
    'lineItem/LineItemType': 'SavingsPlanCoveredUsage',
    'savingsPlan/SavingsPlanEffectiveCost': '0.07',
  },
  { ...inc, ...plan, 'lineItem/LineItemType': 'SavingsPlanNegation', 'lineItem/UnblendedCost': '-0.096' },
  { ...bareLine, ...inc, 'lineItem/LineItemType': 'Credit', 'lineItem/UnblendedCost': '-0.01' },
  { ...emea, 'lineItem/UnblendedCost': '0.1' },
  { ...bareLine, ...emea, 'lineItem/LineItemType': 'Tax', 'lineItem/UnblendedCost': '0.019' },
  { ...india, 'lineItem/UnblendedCost': '8.5' },
  { ...bareLine, ...seller, 'lineItem/LineItemType': 'Fee', 'lineItem/UnblendedCost': '250' },
  { ...bareLine, ...seller, 'lineItem/LineItemType': 'FlatRateSubscription', 'lineItem/UnblendedCost': '15' },
  { ...bareLine, 'bill/InvoiceId': '', 'lineItem/LineItemType': 'DistributorDiscount', 'lineItem/UnblendedCost': '-1' },
];

describe('a bill of several invoices, entities and currencies', () => {
  test.each([
    ['the legacy report', billCsv(lines)],
    ['CUR 2.0', cur2Csv(lines)],
  ])('ties by invoice and currency in %s', async (_, csv) => {
    const totals = await withBill(csv, (workbench, { plan: { controlTotals, toFocus }, table }) =>
      reconcile(workbench, { controlTotals: controlTotals(table), focus: toFocus(table) }),
    );
    expect(ties(totals)).toBe(true);
    expect(totals.map(({ invoice, currency, focus }) => [invoice, currency, focus])).toEqual([
      ['IN-1', 'INR', '8.5'],
      ['EU-1', 'USD', '0.119'],
      ['MP-1', 'USD', '265'],
      ['US-1', 'USD', '0.086'],
      [null, 'USD', '-1'],
    ]);
  });

  test('names who sends each invoice and who sells', async () => {
    const rows = await focusRows(billCsv(lines));
    const of = (invoice: string | null) => rows.find((row) => row.InvoiceId === invoice)!;
    expect(of('EU-1')).toMatchObject({
      InvoiceIssuerName: 'Amazon Web Services EMEA SARL',
      PublisherName: 'Amazon Web Services EMEA SARL',
      ServiceProviderName: 'AWS',
    });
    expect(of('MP-1')).toMatchObject({
      InvoiceIssuerName: 'Amazon Web Services, Inc.',
      ServiceProviderName: 'Seller Ltd',
    });
    expect(of('IN-1')).toMatchObject({ BillingCurrency: 'INR', PricingCurrency: 'INR' });
  });
});
