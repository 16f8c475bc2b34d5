import { readFile } from 'node:fs/promises';
import { CloudActError, type InputFault } from '@cloudact/core/errors';
import { type Static, Type } from 'typebox';
import { Errors } from 'typebox/value';
import type { Plan } from './port.ts';

/** The plans of an installation; organisations start with the first. */
export type PlanCatalogue = readonly [Plan, ...Plan[]];

/** What there is without Stripe: everything, for nothing. */
export const selfHosted: PlanCatalogue = [
  {
    id: 'self_hosted',
    name: 'Self-hosted',
    price: null,
    stripePriceId: null,
    trialDays: 0,
    integrations: null,
    seats: null,
    retentionMonths: null,
  },
];

/**
 * Reads the plans from a JSON file like `plans.example.json`. Throws `configuration_invalid` with everything that is
 * wrong with it: unreadable text, unknown or missing fields, an id or a Stripe price twice, a first plan that costs
 * something.
 */
export async function readPlans(path: string): Promise<readonly Plan[]> {
  const file = parse(path, await text(path));
  const faults = [...Errors(planFile, file)].map(({ instancePath, message }) => ({
    file: path,
    column: instancePath,
    reason: message,
  }));
  if (faults.length > 0) throw invalid(path, faults);
  const { plans } = file as Static<typeof planFile>;
  const contradictions = contradictionsIn(plans);
  if (contradictions.length > 0) {
    throw invalid(
      path,
      contradictions.map((reason) => ({ file: path, reason })),
    );
  }
  return plans.map(plan);
}

const closed = { additionalProperties: false } as const;
const limit = Type.Union([Type.Integer({ minimum: 1, maximum: 1_000_000 }), Type.Null()]);
const planEntry = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' }),
    name: Type.String({ minLength: 1, maxLength: 60 }),
    price: Type.Union([
      Type.Object(
        {
          amount: Type.String({ pattern: '^\\d{1,12}(\\.\\d{1,6})?$' }),
          currency: Type.String({ pattern: '^[A-Z]{3}$' }),
        },
        closed,
      ),
      Type.Null(),
    ]),
    stripe_price_id: Type.Union([Type.String({ pattern: '^price_\\w{1,200}$' }), Type.Null()]),
    trial_days: Type.Integer({ minimum: 0, maximum: 730 }),
    limits: Type.Object({ integrations: limit, seats: limit, retention_months: limit }, closed),
  },
  closed,
);
const planFile = Type.Object({ plans: Type.Array(planEntry, { minItems: 1, maxItems: 50 }) }, closed);
type PlanEntry = Static<typeof planEntry>;

async function text(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new CloudActError('configuration_invalid', {
      detail: `The plans cannot be read from ${path}. Check CLOUDACT_PLANS_FILE.`,
      cause,
    });
  }
}

function parse(path: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw invalid(path, [{ file: path, reason: `not JSON: ${(cause as Error).message}` }]);
  }
}

function contradictionsIn(plans: readonly PlanEntry[]): string[] {
  const stripePrices = plans.flatMap(({ stripe_price_id }) => stripe_price_id ?? []);
  const [first] = plans;
  return [
    ...twice(plans.map(({ id }) => id)).map((id) => `the plan "${id}" is there twice`),
    ...twice(stripePrices).map((id) => `two plans have the Stripe price ${id}`),
    ...plans
      .filter(({ stripe_price_id, price }) => stripe_price_id !== null && price === null)
      .map(({ id }) => `the plan "${id}" is sold and has no price`),
    ...(first?.price != null || first?.stripe_price_id != null
      ? [`organisations start with the first plan, so "${first.id}" has to cost nothing`]
      : []),
  ];
}

function twice(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}

function plan({ id, name, price, stripe_price_id, trial_days, limits }: PlanEntry): Plan {
  return {
    id,
    name,
    price,
    stripePriceId: stripe_price_id,
    trialDays: trial_days,
    integrations: limits.integrations,
    seats: limits.seats,
    retentionMonths: limits.retention_months,
  };
}

function invalid(path: string, faults: readonly InputFault[]): CloudActError {
  const reasons = faults.map(({ column, reason }) => (column ? `${column} ${reason}` : reason));
  return new CloudActError('configuration_invalid', {
    detail: `The plans in ${path} cannot be used: ${reasons.join('; ')}. backend/billing/plans.example.json shows how they are written.`,
    faults,
  });
}
