import type { DemoContext } from '../bill-writer.ts';
import type { Day } from '../calendar.ts';
import { dayText } from '../calendar.ts';
import { type Fixed, fixed, roundTo, times } from '../fixed-point.ts';
import { randomAt } from '../random.ts';
import { priceOn, tokenCost } from '../token-prices.ts';
import { demandOn } from '../usage.ts';
import { type Kind, type Model, modelPrices, SEARCHES } from './prices.ts';
import { LEAKED_KEY, type Workload, workloads } from './workloads.ts';

/** What one key used on one day of one model. */
export interface Used {
  readonly workload: Workload;
  /** Name of the key. */
  readonly key: string;
  readonly model: Model;
  readonly requests: number;
  /** Tokens; `cached` is a part of `input`. */
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly searches: number;
}

/** What of it is billed, in US dollars. `quantity` counts tokens, or searches. */
export interface Billed {
  readonly used: Used;
  readonly lineItem: string;
  readonly quantity: number;
  readonly unit: 'tokens' | null;
  readonly amount: Fixed;
}

const LEAK_DAYS = 3;
/** Share of amounts that are less than what was used; by up to four times that share. */
const UNBILLED_DAYS = 0.01;
const HALF = fixed('0.5');

export function usedOn(day: Day, { seed, story }: DemoContext): Used[] {
  return workloads.flatMap((workload) => {
    const leaked = workload.key === LEAKED_KEY ? day - story.leak : -1;
    const stolen = leaked >= 0 && leaked < LEAK_DAYS;
    // Strangers work through the night and the weekend.
    const demand = stolen ? 38 + 9 * leaked : demandOn({ ...workload, name: workload.key }, day, seed, story);
    const requests = Math.round(workload.requests * demand);
    if (requests === 0 || leaked === LEAK_DAYS) return [];
    const moved = workload.successor !== undefined && day >= story.modelLaunch;
    const input = requests * workload.input;
    const drawn = 0.97 + randomAt(seed, `cached|${workload.key}|${dayText(day)}`) * 0.06;
    return [
      {
        workload,
        key: leaked > LEAK_DAYS ? `${LEAKED_KEY}-2` : workload.key,
        model: moved ? workload.successor! : workload.model,
        requests,
        input,
        cached: Math.min(input, Math.round(input * workload.cached * drawn)),
        output: requests * workload.output,
        searches: Math.round(requests * (workload.searches ?? 0)),
      },
    ];
  });
}

/**
 * The costs of a day: usage times price. On some days one amount is a little less, as requests that failed are counted and not
 * billed.
 */
export function billedOn(day: Day, used: readonly Used[], { seed }: DemoContext): Billed[] {
  return used.flatMap((entry) => {
    const { model, workload, input, cached, output, searches, key } = entry;
    const counts: readonly [Kind, number][] = [
      ['input', input - cached],
      ['cached input', cached],
      ['output', output],
    ];
    const tokens = counts
      .filter(([, quantity]) => quantity > 0)
      .map(([kind, quantity]): Billed => {
        const price = priceOn(modelPrices[model], kind, day);
        const cost = tokenCost(workload.batch ? times(price, HALF) : price, quantity);
        const draw = randomAt(seed, `drift|${key}|${kind}|${dayText(day)}`);
        return {
          used: entry,
          lineItem: `${workload.batch ? 'batch | ' : ''}${model}, ${kind}`,
          quantity,
          unit: 'tokens',
          amount: draw < UNBILLED_DAYS ? roundTo(times(cost, fixed((1 - 4 * draw).toFixed(6))), 8) : cost,
        };
      });
    if (searches === 0) return tokens;
    const amount = (fixed(SEARCHES) * BigInt(searches)) / 1000n;
    return [...tokens, { used: entry, lineItem: 'web search tool calls', quantity: searches, unit: null, amount }];
  });
}
