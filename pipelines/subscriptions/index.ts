/** SaaS subscriptions: plans that people enter → invoices, days, FOCUS 1.3. */
export { parseDay } from './calendar.ts';
export { convertPlans, writeSubscriptionRows } from './convert-plans.ts';
export { type BilledService, billedServicesSql, type DoubleCounting, doubleCounted } from './double-counting.ts';
export { type PlanDocument, planDocumentSchema } from './plan.ts';
export { refuseRewritten } from './plan-changes.ts';
export { readPlanFile, readPlans } from './read-plans.ts';
export { type PlanTemplate, planTemplates } from './templates.ts';
