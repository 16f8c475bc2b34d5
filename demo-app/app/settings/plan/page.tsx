import { ActionButton } from '../../../components/action-form';
import { Forbidden } from '../../../components/forbidden';
import { ask } from '../../../lib/api';
import { viewer } from '../../../lib/caller';
import { toCheckout, toPortal } from '../actions';

interface Limit {
  most: number | null;
  used: number;
}
interface Billing {
  is_on: boolean;
  plan: string;
  booked_plan: string;
  status: 'self_hosted' | 'free' | 'trialing' | 'active' | 'past_due' | 'cancelled';
  limits: { integrations: Limit; seats: Limit; retention_months: number | null };
  trial_ends_at: string | null;
  grace_ends_at: string | null;
  current_period_ends_at: string | null;
  cancels_at_period_end: boolean;
}
interface Plan {
  id: string;
  name: string;
  price: { amount: string; currency: string } | null;
  is_for_sale: boolean;
  trial_days: number;
  limits: { integrations: number | null; seats: number | null; retention_months: number | null };
}

export default async function PlanPage() {
  const { person } = await viewer();
  const role = person!.role;
  if (role !== 'owner' && role !== 'admin') return <Forbidden what="see the plan" />;
  const [billing, { plans }] = (await Promise.all([
    ask<Billing>('GET', '/v1/billing'),
    ask<{ plans: Plan[] }>('GET', '/v1/plans'),
  ])) as [Billing, { plans: Plan[] }];
  const name = (id: string) => plans.find((plan) => plan.id === id)?.name ?? id;
  return (
    <>
      <section className="card" aria-labelledby="plan">
        <h2 id="plan">{billing.is_on ? name(billing.plan) : 'Self-hosted'}</h2>
        <p className="muted">{state(billing, name)}</p>
        <ul className="list">
          <li>
            <span>Integrations</span> {used(billing.limits.integrations)}
          </li>
          <li>
            <span>Members and open invitations</span> {used(billing.limits.seats)}
          </li>
          <li>
            <span>Cost data is kept for</span>{' '}
            {billing.limits.retention_months === null
              ? 'as long as you like'
              : `${billing.limits.retention_months} months`}
          </li>
        </ul>
        {billing.is_on && role === 'owner' && <ActionButton action={toPortal} label="Invoices and payment" />}
      </section>
      {billing.is_on && (
        <section className="card" aria-labelledby="plans">
          <h2 id="plans">Plans</h2>
          <ul className="list">
            {plans.map((plan) => (
              <li key={plan.id}>
                <span>
                  <strong>{plan.name}</strong>
                  <small className="muted">
                    {plan.price === null ? 'No charge' : `${money(plan.price)} a month`} ·{' '}
                    {most(plan.limits.integrations, 'integrations')}, {most(plan.limits.seats, 'seats')}
                  </small>
                </span>
                {plan.is_for_sale && role === 'owner' && plan.id !== billing.booked_plan && (
                  <ActionButton
                    action={toCheckout}
                    label={plan.trial_days > 0 ? `Try for ${plan.trial_days} days` : 'Choose'}
                  >
                    <input type="hidden" name="plan" value={plan.id} />
                  </ActionButton>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function state(billing: Billing, name: (id: string) => string): string {
  const day = (time: string | null) => time?.slice(0, 10) ?? '';
  switch (billing.status) {
    case 'self_hosted':
      return 'This installation sells nothing, and nothing has limits.';
    case 'trialing':
      return `Trial until ${day(billing.trial_ends_at)}.`;
    case 'past_due':
      return `The last payment failed. ${name(billing.booked_plan)} holds until ${day(billing.grace_ends_at)}: look at the payment method.`;
    case 'active':
      return billing.cancels_at_period_end
        ? `Ends on ${day(billing.current_period_ends_at)}.`
        : `Paid until ${day(billing.current_period_ends_at)}.`;
    default:
      return 'No charge.';
  }
}

function used({ most: limit, used: count }: Limit): string {
  return limit === null ? `${count}, no limit` : `${count} of ${limit}`;
}

function most(limit: number | null, what: string): string {
  return limit === null ? `any number of ${what}` : `${limit} ${what}`;
}

function money({ amount, currency }: { amount: string; currency: string }): string {
  // Intl formats decimal text exactly; a number would round first.
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount as `${number}`);
}
