/**
 * Compares every organisation's account with Stripe and mends what differs, for the day on which a webhook was lost:
 * `node backend/scripts/reconcile-billing.ts`, once a night. Ends with 1 when something needs the operator.
 */
import { readConfig } from '@cloudact/core/config';
import { CloudActError } from '@cloudact/core/errors';
import { supabaseMetadata } from '@cloudact/core/metadata';
import { Type } from 'typebox';
import { openBilling } from '../billing/billing.ts';
import { readPlans } from '../billing/plans.ts';
import { backendVariables } from '../config.ts';

const { SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, CLOUDACT_PLANS_FILE } =
  backendVariables.properties;
const needed = Type.Required(
  Type.Object({
    SUPABASE_URL,
    SUPABASE_SERVICE_ROLE_KEY,
    STRIPE_SECRET_KEY,
    STRIPE_WEBHOOK_SECRET,
    CLOUDACT_PLANS_FILE,
  }),
);

const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());

try {
  const config = readConfig(needed, process.env);
  const billing = openBilling({
    metadata: supabaseMetadata({ url: config.SUPABASE_URL, serviceRoleKey: config.SUPABASE_SERVICE_ROLE_KEY }),
    plans: await readPlans(config.CLOUDACT_PLANS_FILE),
    stripe: { secretKey: config.STRIPE_SECRET_KEY, webhookSecret: config.STRIPE_WEBHOOK_SECRET },
    now: () => new Date(),
  });
  const { checked, mended, problems } = await billing.reconcile({ signal: stopping.signal });
  console.log(`${checked} organisations compared with Stripe, ${mended} mended, ${problems.length} problems.`);
  for (const { org, problem } of problems) console.error(`${org ?? 'no organisation'}: ${problem}`);
  process.exitCode = problems.length > 0 ? 1 : 0;
} catch (error) {
  if (stopping.signal.aborted) console.error('Stopped. What was compared so far is mended; start again for the rest.');
  // What is wrong with the configuration is for the person who starts it; a bug needs its stack.
  else console.error(error instanceof CloudActError ? error.message : error);
  process.exitCode = 1;
}
