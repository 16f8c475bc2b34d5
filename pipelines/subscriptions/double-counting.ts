import { compare, decimal, parseDecimal } from '@cloudact/core/money';
import { addMonths, type Day, dayOf, dayText, monthStart } from './calendar.ts';
import type { PlanDocument, Subscription } from './plan.ts';
import { timelineOf } from './timeline.ts';

/** What a provider's own bill has of one service and price in a month. */
export interface BilledService {
  readonly service_provider: string;
  readonly service: string;
  readonly sku: string | null;
  /** First day of the month, `YYYY-MM-DD`. */
  readonly month: string;
  /** Decimal text; null where the bill tells no quantity. */
  readonly quantity: string | null;
  readonly unit: string | null;
  readonly integration: string;
}

/** A month in which a subscription is there as a plan and on a provider's bill. */
export interface DoubleCounting {
  readonly subscriptionId: string;
  /** First day of the month, `YYYY-MM-DD`. */
  readonly month: string;
  readonly integration: string;
  readonly service: string;
  readonly sku: string | null;
  readonly quantity: string | null;
  readonly unit: string | null;
  /** For people: what is billed where, and what to do. */
  readonly message: string;
}

/**
 * Months of plans whose product a provider's bill has as well, however it came: from the vendor itself, or through a
 * marketplace. Grain: one finding per subscription, month, integration, service and SKU. Services without a name in
 * common with a plan are none of its; a quantity of zero is nothing billed.
 */
export function doubleCounted(document: PlanDocument, billed: readonly BilledService[]): DoubleCounting[] {
  return document.subscriptions.flatMap((subscription) =>
    billed
      .filter(
        (service) => isBilled(service) && runsIn(subscription, dayOf(service.month)) && isSame(subscription, service),
      )
      .map((service) => ({
        subscriptionId: subscription.id,
        month: service.month,
        integration: service.integration,
        service: service.service,
        sku: service.sku,
        quantity: service.quantity,
        unit: service.unit,
        message: messageOf(subscription, service),
      }))
      .sort((left, right) => (key(left) < key(right) ? -1 : 1)),
  );
}

/**
 * The SELECT whose rows {@link doubleCounted} takes, over the cost table of an organisation. It binds `org_slug`, and
 * leaves out what came from plans: the integration that they are loaded under.
 * `parameter` writes a parameter of the given name, as the warehouse's dialect does.
 */
export function billedServicesSql(costTable: string, parameter: (name: 'org_slug' | 'integration') => string): string {
  return `SELECT ServiceProviderName AS service_provider, ServiceName AS service, SkuId AS sku,
  CAST(CAST(date_trunc('month', ChargePeriodStart) AS DATE) AS VARCHAR) AS month,
  CAST(sum(COALESCE(ConsumedQuantity, PricingQuantity)) AS VARCHAR) AS quantity,
  min(COALESCE(ConsumedUnit, PricingUnit)) AS unit, x_IntegrationId AS integration
FROM ${costTable}
WHERE org_slug = ${parameter('org_slug')} AND x_IntegrationId <> ${parameter('integration')} AND ChargeCategory IN ('Usage', 'Purchase')
GROUP BY 1, 2, 3, 4, 7 ORDER BY 4, 1, 2, 3, 7`;
}

/** Names under which bills have what plans call otherwise: words of the plan → words of the bill. */
const SAME: readonly (readonly [plan: string, bill: string])[] = [
  ['chatgpt', 'chatgpt'],
  ['claude', 'claude team'],
  ['claude', 'claude enterprise'],
  ['github copilot', 'copilot'],
  ['github team', 'github enterprise'],
  ['microsoft 365', 'office 365'],
  ['google workspace', 'g suite'],
  ['cursor', 'cursor'],
];

/** Words that name no product. */
const COMMON = new Set([
  'pro',
  'plus',
  'team',
  'teams',
  'business',
  'enterprise',
  'standard',
  'basic',
  'starter',
  'free',
  'plan',
]);

function isSame(
  { vendor, product }: Subscription,
  { service_provider: provider, service, sku }: BilledService,
): boolean {
  const plan = ` ${words(`${vendor} ${product}`).join(' ')} `;
  const bill = ` ${words(`${provider} ${service} ${sku ?? ''}`).join(' ')} `;
  const holds = (text: string, name: string) => text.includes(` ${name} `);
  if (SAME.some(([mine, theirs]) => holds(plan, mine) && holds(bill, theirs))) return true;
  const own = words(product).filter((word) => !COMMON.has(word));
  return (
    own.length > 0 &&
    own.every((word) => holds(bill, word)) &&
    words(vendor).some((word) => holds(bill, word) || own.includes(word))
  );
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function isBilled({ quantity }: BilledService): boolean {
  const value = quantity === null ? undefined : parseDecimal(quantity);
  return value === undefined || compare(value, decimal('0')) > 0;
}

function runsIn(subscription: Subscription, month: Day): boolean {
  const { starts, cancelled, agreedEnd, paidFrom } = timelineOf(subscription);
  const end = Math.min(cancelled?.day ?? Number.POSITIVE_INFINITY, agreedEnd(paidFrom) ?? Number.POSITIVE_INFINITY);
  return starts < addMonths(monthStart(month), 1) && end > monthStart(month);
}

function messageOf({ id, product }: Subscription, service: BilledService): string {
  const amount =
    service.quantity === null
      ? ''
      : `${parseDecimal(service.quantity) ?? service.quantity} ${service.unit ?? ''} of `.replace(' of', ' of');
  return `The bill of ${service.service_provider} (${service.integration}) has ${amount}${service.sku ?? service.service} in ${dayText(dayOf(service.month)).slice(0, 7)}, and the plan ${id} counts ${product} as well. Cancel the plan from that month on, or take its seats out of it.`;
}

function key({ month, integration, service, sku }: DoubleCounting): string {
  return [month, integration, service, sku ?? ''].join('\u0000');
}
