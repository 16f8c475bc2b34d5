import { withServer } from '../providers/anthropic/fixtures/fetched.ts';
import { billCsv as awsCsv, bareLine, type Line } from '../providers/aws/fixtures/bill.ts';
import { cur2Csv } from '../providers/aws/fixtures/cur2.ts';
import { credit, row as gcpRow, ndjson } from '../providers/gcp/fixtures/export.ts';
import { october, octoberLines } from '../providers/mistral/fixtures/october.ts';
import { billCsv as ociCsv } from '../providers/oci/fixtures/bill.ts';
import { parseDay } from '../subscriptions/calendar.ts';
import { subscriptionRows } from '../subscriptions/charges.ts';
import { subscription } from '../subscriptions/fixtures.ts';
import { readPlans } from '../subscriptions/read-plans.ts';

const awsLines: Line[] = [
  {},
  {
    'identity/LineItemId': 'line-2',
    'lineItem/UnblendedCost': '1.000000000000000001',
    'lineItem/ResourceId': 'a "b", c',
  },
  { ...bareLine, 'identity/LineItemId': 'line-3', 'lineItem/LineItemType': 'Tax', 'lineItem/UnblendedCost': '-0.5' },
];

const focus = `BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeClass,ChargeDescription,ChargePeriodEnd,ChargePeriodStart,ContractedCost,EffectiveCost,InvoiceId,InvoiceIssuerName,ListCost,PricingQuantity,PricingUnit,ProviderName,PublisherName,ServiceCategory,ServiceName,Tags
1.5,a-1,Orchard,USD,2025-04-01T00:00:00Z,2025-03-01T00:00:00Z,Usage,,"Apples, red",2025-03-02T00:00:00Z,2025-03-01T00:00:00Z,1.5,1.5,I-1,Orchard,2,3,Hours,Orchard,Orchard,Compute,Trees,"{""team"":""press""}"
-0.25,a-1,Orchard,EUR,2025-04-01T00:00:00Z,2025-03-01T00:00:00Z,Credit,,Rain,2025-03-02T00:00:00Z,2025-03-01T00:00:00Z,-0.25,-0.25,I-1,Orchard,-0.25,,,Orchard,Orchard,Other,Trees,
`;

const azure = `InvoiceSectionName,AccountName,SubscriptionId,SubscriptionName,ResourceGroup,ResourceLocation,Date,ProductName,MeterCategory,MeterSubCategory,MeterId,MeterName,MeterRegion,UnitOfMeasure,Quantity,EffectivePrice,Cost,UnitPrice,BillingCurrencyCode,ResourceId,ServiceFamily,ChargeType,Frequency,PublisherType,PublisherName,PricingModel,BillingAccountId,BillingAccountName,BillingPeriodStartDate,BillingPeriodEndDate,ConsumedService,Tags,AdditionalInfo,PayGPrice,ReservationId,ReservationName,Term,BillingProfileId,BillingProfileName,OfferId,CostCenter,IsAzureCreditEligible,PartNumber,PlanName,ProductOrderId,ProductOrderName,AccountOwnerId,AvailabilityZone,ServiceInfo1,ServiceInfo2,InvoiceId
Fruit,Press,00000000-0000-0000-0000-000000000001,Orchard,rg,EU West,03/05/2025,Virtual Machines D2,Virtual Machines,D2,11111111-0000-0000-0000-000000000001,D2,EU West,1 Hour,2,0.1,0.2,0.1,EUR,/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/press,Compute,Usage,UsageBased,Azure,Microsoft,OnDemand,42,Orchard,03/01/2025,03/31/2025,Microsoft.Compute,"""team"": ""press""",,0.1,,,,42,Orchard,MS-AZR-0017P,,True,AAA-1,,,,owner@example.com,,,,
`;

const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const day = { charge_start: '2026-10-02T00:00:00Z', charge_end: '2026-10-03T00:00:00Z' };
const month = {
  charge_start: '2026-10-01T00:00:00Z',
  charge_end: '2026-11-01T00:00:00Z',
  settled_before: '2026-11-01',
};

/** What the connectors write: about the file, then usage and what was billed for it. */
const openai = lines([
  { openai_answer: 'about', account_id: 'org', ...month },
  { openai_answer: 'completions', account_id: 'org', ...day, model: 'gpt-4o', input_tokens: 1000, output_tokens: 20 },
  {
    openai_answer: 'costs',
    account_id: 'org',
    ...day,
    line_item: 'gpt-4o, input',
    amount_value: 1e-7,
    amount_currency: 'usd',
  },
  {
    openai_answer: 'costs',
    account_id: 'org',
    ...day,
    line_item: 'grant',
    amount_value: '-0.000000000000000003',
    amount_currency: 'usd',
  },
]);
const openrouter = lines([
  { openrouter_answer: 'about', account: 'Orchard', ...month },
  {
    openrouter_answer: 'activity',
    account: 'Orchard',
    ...day,
    model: 'openai/gpt-4o',
    endpoint_id: 'e',
    usage: 0.0042,
    byok_usage_inference: 0,
    requests: 3,
    prompt_tokens: 1000,
    completion_tokens: 400,
  },
]);
const github = lines([
  { github_answer: 'about', account: 'orchard', ...month },
  {
    github_answer: 'usage',
    account: 'orchard',
    ...day,
    product: 'Copilot',
    sku: 'Copilot Business',
    unitType: 'user-months',
    pricePerUnit: 19,
    quantity: 0.5,
    grossAmount: 9.5,
    discountAmount: 1,
    netAmount: 8.5,
  },
]);
const cursor = lines([
  { cursor_answer: 'about', team: 'Orchard', ...month },
  {
    cursor_answer: 'event',
    team: 'Orchard',
    ...day,
    model: 'claude-opus-5',
    kind: 'Usage-based',
    userEmail: 'a@orchard.example',
    input_tokens: 126,
    output_tokens: 450,
    total_cents: 1.25,
  },
]);
const xai = lines([
  { xai_answer: 'about', team_id: 'team', ...month },
  {
    xai_answer: 'line',
    team_id: 'team',
    ...month,
    invoice_id: 'X-1',
    description: 'API grok-4.3',
    unit_type: 'Prompt text tokens',
    num_units: '4000',
    amount_cents: '812',
  },
]);
const anthropic = await withServer({}, async (_server, fetch) => lines((await fetch()).slice(0, 6)));
const plans = lines([...subscriptionRows(readPlans({ subscriptions: [subscription()] }), parseDay('2026-02-03')!)]);

/** A small whole bill of each format, as text; by the format's id. */
export const tinyBills: Readonly<Record<string, string>> = {
  'aws-cur': awsCsv(awsLines),
  'aws-cur-2': cur2Csv(awsLines),
  'azure-cost-details': azure,
  'gcp-billing-export': ndjson([gcpRow({}), gcpRow({ cost: 1e-7, credits: [credit('PROMOTION', '-0.01')] })]),
  'oci-cost-report': ociCsv([{}, {}]),
  'openai-usage': openai,
  'anthropic-usage': anthropic,
  'openrouter-usage': openrouter,
  'github-usage': github,
  'cursor-usage': cursor,
  'mistral-usage': lines(octoberLines(october)),
  'xai-usage': xai,
  subscriptions: plans,
  focus,
};
