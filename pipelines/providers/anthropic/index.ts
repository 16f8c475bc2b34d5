import { usageBill } from '../../usage/usage-bill.ts';
import { anthropicSource } from './usage.ts';

/** What an organisation used and was billed at Anthropic: one row per day, workspace, key, model, kind of price and meter. */
export const anthropicUsage = usageBill(anthropicSource);
