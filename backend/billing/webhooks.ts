import { CloudActError } from '@cloudact/core/errors';
import Stripe from 'stripe';
import type { Billing } from './port.ts';
import { type Synchroniser, synchronise } from './synchronise.ts';

/** How old a signature may be, so that what was overheard cannot be sent again later. */
const TOLERANCE_SECONDS = 300;

/**
 * Takes in Stripe's events. An event only says whose account to look at: what is written is read from Stripe, so
 * duplicates and any order end the same. It counts as processed after the write; one that is cut off before comes again.
 */
export function openWebhooks(synchroniser: Synchroniser, webhookSecret: string): Pick<Billing, 'takeIn'> {
  const { metadata, stripe, now } = synchroniser;
  return {
    async takeIn(rawBody, signature) {
      const event = verify(rawBody, signature);
      const customer = customerIn(event);
      if (customer === undefined) return { problems: [] };
      const org = await metadata.stripeEvents.orgOfCustomer(customer);
      if (org === undefined) {
        const problem = `the event ${event.id} (${event.type}) is about the customer ${customer}, whom no organisation has`;
        return { problems: [{ org: null, problem }] };
      }
      const createdAt = new Date(event.created * 1000).toISOString();
      if (!(await metadata.stripeEvents.receive({ id: event.id, type: event.type, createdAt, org }))) {
        return { problems: [] };
      }
      const { problems } = await synchronise(org, synchroniser);
      await metadata.stripeEvents.processed(event.id);
      return { problems };
    },
  };

  function verify(rawBody: Buffer, signature: string | undefined): Stripe.Event {
    try {
      const received = now().getTime();
      return stripe.webhooks.constructEvent(
        rawBody,
        signature ?? '',
        webhookSecret,
        TOLERANCE_SECONDS,
        undefined,
        received,
      );
    } catch (error) {
      // Stripe's errors carry the body and the signature: neither belongs in a log.
      if (error instanceof Stripe.errors.StripeSignatureVerificationError) {
        throw new CloudActError('credential_invalid', {
          detail: 'The signature is not one that Stripe made for this body within the last five minutes.',
        });
      }
      throw new CloudActError('request_invalid', { detail: 'The body is signed and is not an event of Stripe.' });
    }
  }
}

/** The id of the customer whom an event is about; undefined for what is about nobody's account. */
function customerIn({ type, data }: Stripe.Event): string | undefined {
  if (!/^(customer|invoice|checkout\.session)\./.test(type)) return undefined;
  const thing = data.object as { object?: string; id?: string; customer?: string | { id: string } | null };
  if (thing.object === 'customer') return thing.id;
  return typeof thing.customer === 'string' ? thing.customer : thing.customer?.id;
}
