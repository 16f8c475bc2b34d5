import { CloudActError } from '@cloudact/core/errors';
import type { CheckFinding, ConnectorContext } from '../../connector.ts';
import { type CheckStep, tryInTurn } from '../../try-in-turn.ts';
import { collected, type Reading, resultLines } from './buckets.ts';
import { openAi } from './client.ts';
import { groupedCosts, usageEndpoints } from './endpoints.ts';
import { countNames } from './names.ts';
import type { OpenAiSettings } from './settings.ts';

const DAY = 86_400;
const DAYS = 7;

/** Tries, in order: usage, costs, names. Stops at the first that fails; names are optional. */
export async function checkAccess(settings: OpenAiSettings, context: ConnectorContext): Promise<CheckFinding[]> {
  const { signal } = context;
  const end = Math.floor(Date.now() / 1000 / DAY) * DAY;
  const reading: Reading = {
    client: await openAi(settings, context),
    span: { start: end - DAYS * DAY, end },
    organizationId: settings.organizationId,
    ...(signal && { signal }),
  };
  const steps: readonly CheckStep[] = [
    ['usage', async () => found(await count('completions', usageEndpoints.completions, reading), 'rows of usage')],
    ['costs', async () => found(await count('costs', groupedCosts, reading), 'cost lines')],
    ['names', () => names(reading)],
  ];
  return tryInTurn(steps, context);
}

async function count(answer: string, ask: typeof groupedCosts, reading: Reading): Promise<number> {
  return (await collected(resultLines(answer, ask, reading))).length;
}

function found(rows: number, what: string): string {
  return `${rows} ${what} in the last ${DAYS} days.`;
}

async function names(reading: Reading): Promise<string> {
  try {
    const { projects, users } = await countNames(reading);
    return `The names of ${projects} projects and ${users} users can be read.`;
  } catch (error) {
    if (!(error instanceof CloudActError && error.code === 'source_denied')) throw error;
    return 'The key may not read names: projects, API keys and users are shown by their IDs. Give it read rights for management to have their names.';
  }
}
