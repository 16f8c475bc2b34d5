import type { Billing } from '../../billing/port.ts';
import type { App } from '../../http/app-type.ts';
import { problemResponses } from '../../http/problem.ts';

const BODY_LIMIT_BYTES = 256 * 1024;

/**
 * Where Stripe tells what happened. A plugin of its own, because the signature is over the bytes as they came: in here
 * no body is parsed, and nothing of that reaches the other routes.
 */
export async function stripeWebhook(app: App, { billing }: { billing: Billing }): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.post<{ Body: Buffer | undefined; Headers: { 'stripe-signature'?: string } }>(
    '/v1/webhooks/stripe',
    {
      config: { auth: 'signature' },
      bodyLimit: BODY_LIMIT_BYTES,
      schema: {
        tags: ['Billing'],
        operationId: 'receiveStripeEvent',
        summary: 'For Stripe: take in an event',
        description:
          'Verified by `Stripe-Signature` over the raw body, at most five minutes old. 204 once the event has been worked off, or has nothing to do with an organisation here; after any other answer Stripe sends it again. billing_off: this installation sells nothing.',
        response: { 204: { type: 'null' }, ...problemResponses(400, 401, 404, 413, 415, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const { problems } = await billing.takeIn(request.body ?? Buffer.alloc(0), request.headers['stripe-signature']);
      for (const { org, problem } of problems) {
        // An account of Stripe may have customers of another product.
        request.log[org === null ? 'warn' : 'error']({ org }, `billing: ${problem}`);
      }
      return reply.code(204).send(null);
    },
  );
}
