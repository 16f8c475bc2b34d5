import { usageBill } from '../../usage/usage-bill.ts';
import { openrouterSource } from './usage.ts';

/** OpenRouter's activity, as its connector writes it. */
export const openrouterUsage = usageBill(openrouterSource);
