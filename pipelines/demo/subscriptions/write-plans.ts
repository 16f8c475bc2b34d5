import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDay as planDay, readPlanFile, writeSubscriptionRows } from '../../subscriptions/index.ts';
import { unwritable } from '../bill-writer.ts';
import { type DemoBillOptions, demoMonths } from '../generate.ts';
import { demoPlans } from './plans.ts';

export interface DemoSubscriptions {
  integrationId: string;
  /** The plan document, as for `cloudact subscriptions`. */
  plans: string;
  /** The charges that come of it through today. */
  files: string[];
  rows: number;
}

/** Writes the demo company's subscriptions and their charges. Throws `usage_invalid` and `output_unwritable`. */
export async function generateDemoSubscriptions(
  options: Pick<DemoBillOptions, 'directory' | 'seed' | 'endMonth' | 'today'>,
): Promise<DemoSubscriptions> {
  const { context } = demoMonths(options);
  const folder = join(options.directory, 'subscriptions');
  const [plans, charges] = [join(folder, 'plans.json'), join(folder, 'charges.ndjson')];
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(plans, `${JSON.stringify(demoPlans(context), null, 2)}\n`);
    const rows = await writeSubscriptionRows(await readPlanFile(plans), planDay(options.today)!, charges);
    return { integrationId: 'subscriptions-demo', plans, files: [charges], rows };
  } catch (cause) {
    throw unwritable(cause, options.directory);
  }
}
