import type { PlanDocument } from '../../subscriptions/index.ts';
import type { DemoContext } from '../bill-writer.ts';
import { addMonths, type Day, dayText, parseMonth } from '../calendar.ts';
import type { Team } from '../company.ts';
import { randomAt } from '../random.ts';

type Subscription = PlanDocument['subscriptions'][number];

/** What the company subscribes to, as a person would have entered it. Prices are invented. */
export function demoPlans({ seed, story, today }: DemoContext): PlanDocument {
  /** The day so many days after the month so many months after the story's first. */
  const on = (months: number, days = 0): string =>
    dayText(addMonths(parseMonth(START(story.start)), months).first + days);
  return {
    subscriptions: [
      ...collaboration(on),
      ...developers(on),
      errorTracking(on, story.start, { seed, today }),
      ...people(on),
    ],
  };
}

const START = (day: Day) => dayText(day).slice(0, 7);
type On = (months: number, days?: number) => string;

const monthly = { model: 'per_seat', cadence: 'month', billing: 'advance', proration: 'daily' } as const;
const of = (team: Team, owner: string) => ({ department: team, owner: `${owner}@larkmoor.example` });

/** Seats that come and go and a price that rises; a year that is paid at once; a trial before the first month that is paid. */
function collaboration(on: On): Subscription[] {
  const productivity = {
    service_category: 'Business Applications',
    service_subcategory: 'Productivity and Collaboration',
    currency: 'USD',
  };
  return [
    {
      ...productivity,
      id: 'slack',
      vendor: 'Slack',
      product: 'Slack Business+',
      billing_account: 'T-LARKMOOR',
      ...of('platform', 'mara.lindqvist'),
      starts_on: on(0),
      versions: [
        { ...monthly, effective_from: on(0), unit_price: '15' },
        { ...monthly, effective_from: on(8), unit_price: '18', on_change: 'at_renewal' },
      ],
      quantity_changes: [
        { date: on(0), quantity: '142' },
        { date: on(3, 11), quantity: '151' },
        { date: on(6, 5), quantity: '164' },
        { date: on(9, 20), quantity: '159' },
        { date: on(11, 2), quantity: '171' },
      ],
    },
    {
      id: 'figma',
      vendor: 'Figma',
      product: 'Figma Organization',
      service_category: 'Media',
      service_subcategory: 'Content Creation',
      currency: 'USD',
      contract_id: 'FIG-2291',
      ...of('customer-portal', 'ines.aalto'),
      starts_on: on(1),
      versions: [
        { ...monthly, effective_from: on(1), cadence: 'year', unit_price: '660', term_months: 12, seat_credit: 'none' },
      ],
      quantity_changes: [
        { date: on(1), quantity: '18' },
        { date: on(7, 9), quantity: '22' },
      ],
    },
    {
      ...productivity,
      id: 'notion',
      vendor: 'Notion',
      product: 'Notion Business',
      ...of('scout', 'jonas.okafor'),
      starts_on: on(7, 14),
      trial_until: on(8, 13),
      versions: [{ ...monthly, effective_from: on(7, 14), unit_price: '20' }],
      quantity_changes: [
        { date: on(7, 14), quantity: '25' },
        { date: on(10, 3), quantity: '31' },
      ],
    },
  ];
}

/** Tiers; seats of an assistant; a tool that was given up. */
function developers(on: On): Subscription[] {
  return [
    {
      id: 'one-password',
      vendor: '1Password',
      product: '1Password Business',
      service_category: 'Security',
      service_subcategory: 'Secret Management',
      currency: 'USD',
      ...of('security', 'priya.raman'),
      starts_on: on(0),
      versions: [
        {
          effective_from: on(0),
          model: 'tiered',
          tier_mode: 'graduated',
          tiers: [{ up_to: '50', unit_price: '8' }, { up_to: '150', unit_price: '7.25' }, { unit_price: '6.5' }],
          cadence: 'month',
          billing: 'advance',
          proration: 'daily',
        },
      ],
      quantity_changes: [
        { date: on(0), quantity: '148' },
        { date: on(5), quantity: '166' },
      ],
    },
    {
      id: 'chatgpt-business',
      vendor: 'OpenAI',
      product: 'ChatGPT Business',
      service_category: 'AI and Machine Learning',
      service_subcategory: 'Generative AI',
      currency: 'USD',
      ...of('platform', 'henrik.dahl'),
      starts_on: on(2),
      versions: [
        {
          ...monthly,
          effective_from: on(2),
          unit_price: '30',
          discounts: [{ type: 'percent', percent: '20', from: on(2), to: on(5) }],
        },
      ],
      quantity_changes: [
        { date: on(2), quantity: '40' },
        { date: on(6, 16), quantity: '64' },
      ],
    },
    {
      id: 'lucid',
      vendor: 'Lucid',
      product: 'Lucidchart Team',
      service_category: 'Business Applications',
      service_subcategory: 'Productivity and Collaboration',
      currency: 'USD',
      ...of('data-platform', 'tomas.reyes'),
      starts_on: on(0),
      cancellation: { on: on(5, 17), refund: 'daily' },
      versions: [{ ...monthly, effective_from: on(0), unit_price: '11' }],
      quantity_changes: [{ date: on(0), quantity: '35' }],
    },
  ];
}

/** Events of each month, known when it has ended; quiet months are filled up to the minimum. */
function errorTracking(on: On, start: Day, { seed, today }: Pick<DemoContext, 'seed' | 'today'>): Subscription {
  const usage: NonNullable<Subscription['usage']> = [];
  for (let index = 0; ; index += 1) {
    const month = addMonths(parseMonth(START(start)), index);
    if (month.end > today) break;
    const thousands = Math.round((700 + 40 * index) * (0.8 + randomAt(seed, `errors|${month.text}`) * 0.5));
    usage.push({ from: dayText(month.first), to: dayText(month.end), quantity: String(thousands) });
  }
  return {
    id: 'sentry',
    vendor: 'Sentry',
    product: 'Sentry Business',
    service_category: 'Developer Tools',
    service_subcategory: 'Quality Assurance',
    currency: 'USD',
    ...of('fleet-control', 'aiko.tanaka'),
    starts_on: on(0),
    versions: [
      {
        effective_from: on(0),
        model: 'usage_with_minimum',
        unit: 'ThousandEvents',
        unit_price: '0.45',
        base_price: '80',
        minimum_charge: '450',
        cadence: 'month',
        billing: 'arrears',
        proration: 'daily',
      },
    ],
    usage,
  };
}

/** Paid in euros, with value-added tax, by the quarter. */
function people(on: On): Subscription[] {
  return [
    {
      id: 'personio',
      vendor: 'Personio',
      product: 'Personio Core',
      service_category: 'Business Applications',
      service_subcategory: 'Other (Business Applications)',
      currency: 'EUR',
      ...of('platform', 'clara.weiss'),
      starts_on: on(0),
      versions: [{ ...monthly, effective_from: on(0), cadence: 'quarter', unit_price: '27', tax_percent: '19' }],
      quantity_changes: [
        { date: on(0), quantity: '58' },
        { date: on(4, 7), quantity: '63' },
      ],
    },
  ];
}
