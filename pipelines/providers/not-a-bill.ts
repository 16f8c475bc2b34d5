/** A download that people take for a bill, and that holds too little to be one. */
interface NotABill {
  /**
   * The columns that it is known by, in lower case without anything but letters and digits. A name that ends in `*`
   * stands for every column that starts so: consoles write the currency behind it.
   */
  readonly columns: readonly string[];
  /** Columns that it does not have, written likewise: with them it would be something else. */
  readonly without?: readonly string[];
  /** What it is, why it is no bill, and what to export instead: one sentence. */
  readonly hint: string;
}

const downloads: readonly NotABill[] = [
  {
    columns: ['recordtype', 'rateid', 'pricingplanid', 'productname', 'usagetype'],
    hint: 'It is an AWS Detailed Billing Report, which AWS has given up and which names no currency and no commitments: create a CUR 2.0 or FOCUS export in AWS Data Exports instead.',
  },
  {
    columns: ['totalcosts*'],
    hint: 'It is a table of AWS Cost Explorer, which holds sums and no charges: create a CUR 2.0 or FOCUS export in AWS Data Exports instead.',
  },
  {
    columns: ['billingaccountid', 'servicedescription', 'skuid', 'usageamount', 'cost*'],
    hint: 'It is the cost table of the Google Cloud console, whose amounts are sums and partly rounded: set up the Cloud Billing export to BigQuery (standard or detailed usage cost) and export that table instead.',
  },
  {
    columns: ['usagedate', 'cost', 'costusd', 'currency'],
    without: ['metercategory', 'quantity'],
    hint: 'It is a download of Azure cost analysis, which holds sums and no charges: create an export of "Cost and usage details" (actual, amortized or FOCUS) under Cost Management, Exports instead.',
  },
  {
    columns: ['subscriptionguid', 'date', 'resourceguid', 'servicename', 'serviceresource', 'quantity', 'cost'],
    hint: 'It is the usage file of an old Azure pay-as-you-go subscription (MOSA), which names no currency: create an export of "Cost and usage details" (actual, amortized or FOCUS) under Cost Management, Exports instead.',
  },
  {
    columns: [
      'accountownerid',
      'subscriptionguid',
      'metercategory',
      'consumedquantity',
      'resourcerate',
      'extendedcost',
    ],
    hint: 'It is a usage file of the old Azure EA portal, which names no currency: create an export of "Cost and usage details" (actual, amortized or FOCUS) under Cost Management, Exports instead.',
  },
  {
    columns: ['lineitemtenantid', 'lineitemintervalusagestart', 'usage*'],
    without: ['cost*'],
    hint: 'It is a usage report of Oracle Cloud, which holds quantities and no cost: take the cost report (the folder reports/cost-csv) or the FOCUS report of the same bucket instead.',
  },
];

/** What a file with these column names is, and which export to use instead; undefined where it is not known. */
export function notABillHint(header: readonly string[]): string | undefined {
  const names = header.map((source) => source.toLowerCase().replace(/[^a-z0-9]+/g, ''));
  const has = (column: string) =>
    names.some((name) => (column.endsWith('*') ? name.startsWith(column.slice(0, -1)) : name === column));
  return downloads.find(({ columns, without = [] }) => columns.every(has) && !without.some(has))?.hint;
}
