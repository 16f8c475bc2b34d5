import { usageBill } from '../../usage/usage-bill.ts';
import { source } from './usage.ts';

/** Usage of a Mistral organisation with the prices that it pays, as `connector/` writes it. */
export const mistralUsage = usageBill(source);
