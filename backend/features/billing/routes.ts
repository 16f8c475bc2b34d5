import type { BackendDependencies } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { memberPrincipal, orgPrincipal } from '../../http/auth.ts';
import { problemResponses } from '../../http/problem.ts';
import { billingSchema, checkoutSchema, pageSchema, plansSchema } from './schemas.ts';
import { accountOf, shownPlan } from './service.ts';
import { stripeWebhook } from './webhook.ts';

/** Plans, what an organisation has of them, and the way to Stripe's pages. */
export async function billingRoutes(app: App, deps: BackendDependencies): Promise<void> {
  const { billing } = deps;
  const tags = ['Billing'];
  const selling = { auth: { principals: ['member'], scopes: ['billing:write'] } } as const;
  // Where Stripe's pages lead back to: one of ours, whatever the request says.
  const returnUrl = new URL('/settings/plan', deps.appOrigin).href;

  app.get(
    '/v1/plans',
    {
      config: { auth: 'public' },
      schema: {
        tags,
        operationId: 'listPlans',
        summary: 'List the plans',
        description: 'Without Stripe there is one, `self_hosted`, which has no limits and costs nothing.',
        response: { 200: plansSchema, ...problemResponses(429, 500, 503) },
      },
    },
    async () => ({ plans: billing.plans.map(shownPlan) }),
  );

  app.get(
    '/v1/billing',
    {
      config: { auth: { principals: ['member', 'api_key'], scopes: ['billing:read'] } },
      schema: {
        tags,
        security: [{ session: [] }, { apiKey: [] }],
        operationId: 'getBilling',
        summary: 'The organisation’s plan, and how much of it is used',
        response: { 200: billingSchema, ...problemResponses(400, 401, 403, 404, 429, 500, 503) },
      },
    },
    async (request) => accountOf(orgPrincipal(request).org, deps),
  );

  app.post(
    '/v1/billing/checkout',
    {
      config: { ...selling, audit: 'billing.checkout' },
      schema: {
        tags,
        security: [{ session: [] }],
        operationId: 'openCheckout',
        summary: 'Buy a plan',
        description:
          'Answers with a page of Stripe. What was bought counts once Stripe has told us, which may be moments after the person is back. billing_off: this installation sells nothing.',
        body: checkoutSchema,
        response: { 200: pageSchema, ...problemResponses(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503) },
      },
    },
    async (request) => {
      const { org, email } = memberPrincipal(request);
      request.auditTarget = request.body.plan;
      return billing.checkout({ org, email, plan: request.body.plan, returnUrl });
    },
  );

  app.post(
    '/v1/billing/portal',
    {
      config: { ...selling, audit: 'billing.portal' },
      schema: {
        tags,
        security: [{ session: [] }],
        operationId: 'openBillingPortal',
        summary: 'Change or cancel the plan, see invoices, change how to pay',
        description: 'Answers with a page of Stripe. conflict: nothing was ever bought.',
        response: { 200: pageSchema, ...problemResponses(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503) },
      },
    },
    async (request) => billing.portal({ org: memberPrincipal(request).org, returnUrl }),
  );

  await app.register(stripeWebhook, { billing });
}
