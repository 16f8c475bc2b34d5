import { type AnswerLine, usageMonths, writeAnswers } from '../../../usage/answers/index.ts';
import type { ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import { MARK, type UsageAnswer, usageAnswers } from '../answers.ts';
import { dayOf, type Reading, resultLines, type Span } from './buckets.ts';
import { openAi } from './client.ts';
import { costLines } from './costs.ts';
import { usageEndpoints } from './endpoints.ts';
import { nameLines, SeenIds } from './names.ts';
import type { OpenAiSettings } from './settings.ts';

const DAY = 86_400;
/** OpenAI does not say when costs of a day are final: a day younger than this may still get some. */
const SETTLED_AFTER_DAYS = 3;
/** So long after its end a month is still looked at for late costs. */
const MONTH_SETTLED_AFTER_DAYS = 5;
const REFRESH_HOURS = 6;
const BACK_FILL_MONTHS = 12;

/** Every month from the settings' first day on: OpenAI has no deliveries. */
export function listPeriods({ from, organizationId }: OpenAiSettings): DeliveredPeriod[] {
  const now = new Date();
  const earliest = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - BACK_FILL_MONTHS, 1));
  return usageMonths({
    now,
    from: from ?? earliest.toISOString().slice(0, 10),
    settledAfterDays: MONTH_SETTLED_AFTER_DAYS,
    refreshHours: REFRESH_HOURS,
    parts: [...usageAnswers.map((answer) => `organization/usage/${answer}`), 'organization/costs'],
    shape: `openai 1 ${organizationId}`,
  });
}

/** Asks for the whole month, usage and costs, and writes it into one file: what it held before is replaced as a whole. */
export async function fetchPeriod(
  settings: OpenAiSettings,
  { billingPeriod }: DeliveredPeriod,
  folder: string,
  context: ConnectorContext,
): Promise<{ files: string[] }> {
  const { signal, onProgress } = context;
  const month = monthOf(billingPeriod);
  const tomorrow = Math.ceil((Date.now() + 1) / 1000 / DAY) * DAY;
  const reading: Reading = {
    client: await openAi(settings, context),
    span: { start: month.start, end: Math.max(Math.min(month.end, tomorrow), month.start + DAY) },
    organizationId: settings.organizationId,
    ...(signal && { signal }),
  };
  // Before the file is begun: grouped and ungrouped costs are compared as a whole.
  const costs = await costLines(reading);
  const steps = usageAnswers.length + 2;
  onProgress?.(1 / steps);
  const lines = monthLines(costs, reading, (done) => onProgress?.(done / steps));
  try {
    const name = `openai-${billingPeriod.slice(0, 7)}`;
    return { files: [await writeAnswers(folder, name, about(settings, month), lines, signal)] };
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

async function* monthLines(
  costs: readonly AnswerLine[],
  reading: Reading,
  onStep: (done: number) => void,
): AsyncGenerator<AnswerLine> {
  const seen = new SeenIds();
  for (const line of costs) {
    seen.see(line);
    yield line;
  }
  let done = 1;
  for (const [answer, ask] of Object.entries(usageEndpoints) as [UsageAnswer, (typeof usageEndpoints)[UsageAnswer]][]) {
    for await (const line of resultLines(answer, ask, reading)) {
      seen.see(line);
      yield line;
    }
    done += 1;
    onStep(done);
  }
  yield* nameLines(seen, reading);
  onStep(done + 1);
}

/** The line about the file. */
function about({ organizationId }: OpenAiSettings, month: Span): AnswerLine {
  const settled = Math.floor(Date.now() / 1000 / DAY) * DAY - SETTLED_AFTER_DAYS * DAY;
  return {
    [MARK]: 'about',
    charge_start: `${dayOf(month.start)}T00:00:00Z`,
    charge_end: `${dayOf(month.end)}T00:00:00Z`,
    settled_before: dayOf(Math.min(settled, month.end)),
    fetched_at: new Date().toISOString(),
    account_id: organizationId,
  };
}

function monthOf(billingPeriod: string): Span {
  const [year, month] = billingPeriod.split('-').map(Number) as [number, number];
  return { start: Date.UTC(year, month - 1, 1) / 1000, end: Date.UTC(year, month, 1) / 1000 };
}
