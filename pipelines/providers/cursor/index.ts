import { usageBill } from '../../usage/usage-bill.ts';
import { cursorSource } from './usage.ts';

/** Events of a Cursor team, as its connector writes them. */
export const cursorUsage = usageBill(cursorSource);
