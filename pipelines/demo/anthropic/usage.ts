import type { DemoContext } from '../bill-writer.ts';
import type { Day } from '../calendar.ts';
import { dayText } from '../calendar.ts';
import { type Fixed, fixed, roundTo, times } from '../fixed-point.ts';
import { randomAt } from '../random.ts';
import { priceOn, tokenCost } from '../token-prices.ts';
import { demandOn } from '../usage.ts';
import { type Kind, type Model, modelPrices, SEARCHES } from './prices.ts';
import { type Workload, workloads } from './workloads.ts';

/** What one key used on one day of one model. */
export interface Used {
  readonly workload: Workload;
  readonly model: Model;
  readonly requests: number;
  readonly tokens: Readonly<Record<Kind, number>>;
  readonly searches: number;
}

/** What of it is billed, in US dollars: at list price, and after the company's discount. */
export interface Billed {
  readonly used: Used;
  /** Null is searches. */
  readonly kind: Kind | null;
  readonly list: Fixed;
  readonly amount: Fixed;
}

/** From the day on which the company's contracts begin. */
const PAID = fixed('0.92');
const HALF = fixed('0.5');

export function usedOn(day: Day, { seed, story }: DemoContext): Used[] {
  return workloads.flatMap((workload) => {
    const name = `anthropic|${workload.key ?? 'console'}`;
    const requests = Math.round(workload.requests * demandOn({ ...workload, name }, day, seed, story));
    if (requests === 0) return [];
    const drawn = (part: string) => 0.95 + randomAt(seed, `${name}|${part}|${dayText(day)}`) * 0.1;
    const count = (each: number | undefined, part: string) => Math.round(requests * (each ?? 0) * drawn(part));
    const moved = workload.successor !== undefined && day >= story.modelLaunch;
    return [
      {
        workload,
        model: moved ? workload.successor! : workload.model,
        requests,
        tokens: {
          uncached_input_tokens: count(workload.input, 'input'),
          'cache_creation.ephemeral_5m_input_tokens': count(workload.write5m, 'write 5m'),
          'cache_creation.ephemeral_1h_input_tokens': count(workload.write1h, 'write 1h'),
          cache_read_input_tokens: count(workload.read, 'read'),
          output_tokens: count(workload.output, 'output'),
        },
        searches: Math.round(requests * (workload.searches ?? 0)),
      },
    ];
  });
}

export function billedOn(day: Day, used: readonly Used[], { story }: DemoContext): Billed[] {
  const paid = (list: Fixed) => (day < story.savingsPlanStart ? list : roundTo(times(list, PAID), 8));
  return used.flatMap((entry) => {
    const charges = (Object.entries(entry.tokens) as [Kind, number][])
      .filter(([, quantity]) => quantity > 0)
      .map(([kind, quantity]) => {
        const price = priceOn(modelPrices[entry.model], kind, day);
        return { kind, list: tokenCost(entry.workload.batch ? times(price, HALF) : price, quantity) };
      });
    const searches = (fixed(SEARCHES) * BigInt(entry.searches)) / 1000n;
    const all = [...charges, ...(searches > 0n ? [{ kind: null, list: searches }] : [])];
    return all.map(({ kind, list }) => ({ used: entry, kind, list, amount: paid(list) }));
  });
}
