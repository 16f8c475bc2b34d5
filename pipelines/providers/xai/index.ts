import { usageBill } from '../../usage/usage-bill.ts';
import { source } from './usage.ts';

/** Invoices and usage of an xAI team, as `connector/` writes them. */
export const xaiUsage = usageBill(source);
