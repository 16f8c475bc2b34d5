import { quoteName } from '../../landing/session.ts';
import type { RawColumn } from '../bill-format.ts';

/**
 * What the delivered columns of a cost details file are called in the raw table, and under which names, in lower case
 * without anything but letters and digits, the schema versions of EA, MCA and pay-as-you-go deliver them; last those of
 * the daily rated usage of Partner Center, whose charge period is that of the invoice.
 */
const NAMES = {
  account_id: ['accountid'],
  account_name: ['accountname'],
  account_owner_id: ['accountownerid'],
  additional_info: ['additionalinfo'],
  benefit_id: ['benefitid'],
  benefit_name: ['benefitname'],
  billing_account_id: ['billingaccountid'],
  billing_account_name: ['billingaccountname'],
  billing_currency: ['billingcurrencycode', 'billingcurrency', 'currency', 'currencycode'],
  billing_period_end: ['billingperiodenddate', 'chargeenddate'],
  billing_period_start: ['billingperiodstartdate', 'chargestartdate'],
  billing_profile_id: ['billingprofileid'],
  billing_profile_name: ['billingprofilename'],
  charge_type: ['chargetype'],
  consumed_service: ['consumedservice'],
  cost: ['costinbillingcurrency', 'pretaxcost', 'cost', 'billingpretaxtotal'],
  cost_allocation_rule_name: ['costallocationrulename'],
  cost_center: ['costcenter'],
  cost_in_pricing_currency: ['costinpricingcurrency', 'pricingpretaxtotal'],
  date: ['date', 'usagedate', 'usagedatetime'],
  effective_price: ['effectiveprice', 'resourcerate', 'effectiveunitprice'],
  exchange_rate: ['exchangeratepricingtobilling', 'exchangerate', 'pctobcexchangerate'],
  exchange_rate_date: ['exchangeratedate', 'pctobcexchangeratedate'],
  frequency: ['frequency'],
  invoice_id: ['invoiceid', 'invoicenumber'],
  invoice_section_id: ['invoicesectionid'],
  invoice_section_name: ['invoicesectionname', 'departmentname'],
  is_azure_credit_eligible: ['isazurecrediteligible'],
  meter_category: ['metercategory'],
  meter_id: ['meterid'],
  meter_name: ['metername'],
  meter_region: ['meterregion'],
  meter_sub_category: ['metersubcategory'],
  offer_id: ['offerid'],
  part_number: ['partnumber'],
  partner_name: ['partnername'],
  payg_price: ['paygprice'],
  plan_name: ['planname'],
  previous_invoice_id: ['previousinvoiceid'],
  pricing_currency: ['pricingcurrency', 'pricingcurrencycode'],
  pricing_model: ['pricingmodel'],
  product_id: ['productid'],
  product_name: ['productname', 'product'],
  product_order_id: ['productorderid'],
  product_order_name: ['productordername'],
  publisher_name: ['publishername'],
  publisher_type: ['publishertype'],
  quantity: ['quantity', 'usagequantity', 'consumedquantity'],
  reseller_name: ['resellername'],
  reservation_id: ['reservationid'],
  reservation_name: ['reservationname'],
  resource_group: ['resourcegroup', 'resourcegroupname'],
  resource_id: ['resourceid', 'instanceid', 'instancename', 'resourceuri'],
  resource_location: ['resourcelocation'],
  resource_location_normalized: ['resourcelocationnormalized', 'location'],
  resource_name: ['resourcename'],
  resource_type: ['resourcetype'],
  service_family: ['servicefamily'],
  service_info_1: ['serviceinfo1'],
  service_info_2: ['serviceinfo2'],
  service_period_end: ['serviceperiodenddate'],
  service_period_start: ['serviceperiodstartdate'],
  subscription_id: ['subscriptionid', 'subscriptionguid'],
  subscription_name: ['subscriptionname', 'subscriptiondescription'],
  tags: ['tags'],
  term: ['term'],
  unit_of_measure: ['unitofmeasure', 'unit'],
  unit_price: ['unitprice'],
} as const satisfies Record<string, readonly string[]>;

export type AzureColumn = keyof typeof NAMES;

export const azureColumns = Object.keys(NAMES) as AzureColumn[];

const COLUMN_OF = new Map<string, AzureColumn>(
  Object.entries(NAMES).flatMap(([column, names]) => names.map((name) => [name, column as AzureColumn] as const)),
);

/** Money that FOCUS columns are made of, and measures, whose digits beyond the 18th place may be rounded. */
const MONEY = new Set<string>(['cost', 'cost_in_pricing_currency', 'effective_price', 'payg_price', 'unit_price']);
const MEASURES = new Set<string>(['quantity', 'exchange_rate']);

/** Columns that every cost details file has, under one of their names. */
export const neededColumns = ['date', 'cost', 'billing_currency', 'meter_category', 'quantity'] as const;

/** The columns of the files of one bill. */
export interface AzureHeader {
  readonly columns: readonly RawColumn[];
  has(column: AzureColumn): boolean;
  /** SQL for a column's text, null for blank; typed null where no file has it. Files of one bill may spell it differently. */
  text(column: AzureColumn): string;
  /** The delivered name, for faults. */
  source(column: AzureColumn): string;
}

/** Localised files say the English name in parentheses: `Abonnement-GUID (SubscriptionGuid)`. */
function fold(source: string): string {
  const english = /\(([A-Za-z][A-Za-z0-9 _-]*)\)\s*$/.exec(source)?.[1] ?? source;
  return english.toLowerCase().replace(/[^a-z0-9]+/g, '');
}

export function azureHeader(header: readonly string[]): AzureHeader {
  const taken = new Set(['billing_period', 'org_slug', 'x_integrationid', 'x_sourcefile', 'x_sourcerow']);
  const found = new Map<AzureColumn, RawColumn[]>();
  // Partner Center's usage is billed to the partner that it names; in cost details the partner sends the invoice.
  const isBilledToPartner = header.some((source) => fold(source) === 'billingpretaxtotal');
  const columns = header.map((source): RawColumn => {
    const name = COLUMN_OF.get(fold(source));
    const known = isBilledToPartner && name === 'partner_name' ? undefined : name;
    const raw = distinct(known ?? `other_${snakeCase(source)}`, taken);
    const column: RawColumn = {
      source,
      raw,
      type: known !== undefined && (MONEY.has(known) || MEASURES.has(known)) ? 'decimal' : 'text',
      ...(known !== undefined && MEASURES.has(known) && { rounds: true }),
    };
    if (known) found.set(known, [...(found.get(known) ?? []), column]);
    return column;
  });
  // Where one file has two names of a column (ResourceId and InstanceName), the name that is listed first decides.
  for (const [known, list] of found) {
    const names: readonly string[] = NAMES[known];
    list.sort((left, right) => names.indexOf(fold(left.source)) - names.indexOf(fold(right.source)));
  }
  return {
    columns,
    has: (column) => found.has(column),
    text(column) {
      const texts = (found.get(column) ?? []).map(({ raw }) => `nullif(trim(${quoteName(raw)}), '')`);
      if (texts.length === 0) return 'CAST(NULL AS VARCHAR)';
      return texts.length === 1 ? texts[0]! : `COALESCE(${texts.join(', ')})`;
    },
    source: (column) => found.get(column)?.[0]?.source ?? column,
  };
}

/** Known by the meter category and a cost, a day, a subscription and a quantity under any of their names. */
export function isCostDetails(header: readonly string[]): boolean {
  const columns = new Set(header.map((source) => COLUMN_OF.get(fold(source))));
  return (['meter_category', 'cost', 'date', 'subscription_id', 'quantity'] as const).every((name) =>
    columns.has(name),
  );
}

function snakeCase(source: string): string {
  const name = source.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_');
  return name.toLowerCase().replace(/^_+|_+$/g, '') || 'column';
}

function distinct(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let count = 2; taken.has(candidate); count++) candidate = `${name}_${count}`;
  taken.add(candidate);
  return candidate;
}
