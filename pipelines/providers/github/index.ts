import { usageBill } from '../../usage/usage-bill.ts';
import { githubSource } from './usage.ts';

/** GitHub's billing of an organisation, as its connector writes it. */
export const githubUsage = usageBill(githubSource);
