import { describe, expect, test } from 'vitest';
import { detectFormat } from './registry.ts';

const downloads: readonly [what: string, header: string, instead: string][] = [
  ['AWS Cost Explorer', 'Service,Relational Database Service($),Total costs($)', 'Data Exports'],
  [
    'AWS Detailed Billing Report',
    'InvoiceID,PayerAccountId,RecordType,RecordId,ProductName,RateId,SubscriptionId,PricingPlanId,UsageType,Cost',
    'Data Exports',
  ],
  [
    'cost table of the Google Cloud console',
    'Billing account ID,Project ID,Service description,SKU ID,Usage amount,Usage unit,Unrounded Cost (€),Cost (€)',
    'BigQuery',
  ],
  ['Azure cost analysis', 'UsageDate,ServiceName,Cost,CostUSD,Currency', 'Cost Management, Exports'],
  [
    'MOSA',
    'SubscriptionName,SubscriptionGuid,Date,ResourceGuid,ServiceName,ServiceType,ServiceResource,Quantity,Cost',
    'Cost Management, Exports',
  ],
  [
    'old Azure EA portal',
    'AccountOwnerId,Account Name,SubscriptionGuid,Date,Meter Category,Consumed Quantity,ResourceRate,ExtendedCost',
    'Cost Management, Exports',
  ],
  [
    'usage report of Oracle Cloud',
    'lineItem/referenceNo,lineItem/tenantId,lineItem/intervalUsageStart,product/service,usage/consumedQuantity',
    'cost report',
  ],
];

describe('a download that is no bill', () => {
  test.each(downloads)('of %s is named, with the export to use instead', (what, header, instead) => {
    expect(() => detectFormat(header.split(','), 'auto')).toThrow(
      expect.objectContaining({ code: 'file_format_unknown', detail: expect.stringContaining(what) }),
    );
    expect(() => detectFormat(header.split(','), 'auto')).toThrow(instead);
  });

  test('that nothing is known of gets the formats that there are', () => {
    expect(() => detectFormat(['Billing Cycle', 'Pretax Amount'], 'auto')).toThrow('known formats: aws-cur (');
  });
});
