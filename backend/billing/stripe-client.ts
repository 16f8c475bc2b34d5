import { CloudActError } from '@cloudact/core/errors';
import Stripe from 'stripe';

export interface StripeOptions {
  readonly secretKey: string;
  /** Of the webhook endpoint, `whsec_…`. */
  readonly webhookSecret: string;
  /** Where Stripe is, for tests at the network's edge; Stripe's own address otherwise. */
  readonly edge?: { readonly host: string; readonly port: number; readonly protocol: 'http' };
}

/** Long enough for a slow answer and one repetition within the time that a request of ours may take. */
const TIMEOUT_MILLISECONDS = 8_000;

/**
 * Stripe's client. It repeats a call once after a connection that broke; creations carry an idempotency key, so that
 * Stripe does them once.
 */
export function openStripe({ secretKey, edge }: StripeOptions): Stripe {
  return new Stripe(secretKey, {
    apiVersion: '2026-10-28.endive',
    telemetry: false,
    timeout: TIMEOUT_MILLISECONDS,
    maxNetworkRetries: 1,
    ...edge,
  });
}

/** Runs calls of Stripe's client. Throws `billing_unavailable` for all that Stripe refuses or does not answer. */
export async function asking<Answer>(what: string, calls: () => Promise<Answer>): Promise<Answer> {
  try {
    return await calls();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    // Of Stripe's error only what names the cause: its text may repeat what was sent.
    const { type, code, param, statusCode, requestId } = error;
    throw new CloudActError('billing_unavailable', {
      detail: `${what}: ${reason(error)}`,
      cause: { type, code, param, statusCode, requestId },
    });
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === 'resource_missing';
}

function reason(error: InstanceType<typeof Stripe.errors.StripeError>): string {
  if (error instanceof Stripe.errors.StripeConnectionError) return 'Stripe did not answer. Try again.';
  if (error instanceof Stripe.errors.StripeAuthenticationError) return 'Stripe refused STRIPE_SECRET_KEY.';
  return `Stripe answered with ${error.statusCode ?? 'an error'}${error.param ? ` for ${error.param}` : ''}. Try again.`;
}
