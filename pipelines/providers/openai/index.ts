import { usageBill } from '../../usage/usage-bill.ts';
import type { BillFormat } from '../bill-format.ts';
import { openaiSource } from './usage.ts';

/** Usage and costs of an organisation at OpenAI, one line of JSON per result of its API; see README.md. */
export const openaiUsage: BillFormat = usageBill(openaiSource);
