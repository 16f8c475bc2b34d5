import type { Day } from './calendar.ts';
import { dayText, weekday } from './calendar.ts';
import type { Consumption, Resource, Rhythm } from './company.ts';
import type { Meter } from './meters.ts';
import { meters } from './meters.ts';
import { randomAt } from './random.ts';
import type { Story } from './story.ts';

/** One resource's use of one meter on one day. */
export interface Usage {
  readonly resource: Resource;
  readonly meter: Meter;
  /** In the meter's unit. */
  readonly quantity: number;
}

/** A training job that runs away: hours of rented graphics machines on one day, instead of two or three. */
export const RUNAWAY_HOURS = 216;
export const RUNAWAY_RESOURCE = 'vision-nightly-training';

/**
 * What the company uses of one provider on a day, by what it runs there. Nothing of it depends on which months are asked
 * for.
 */
export function usageModel(seed: number, story: Story, consumption: readonly Consumption[]): (day: Day) => Usage[] {
  return (day) =>
    consumption.flatMap((entry) => {
      const quantity = quantityOn(entry, day, seed, story);
      return quantity > 0 ? [{ resource: entry.resource, meter: entry.meter, quantity }] : [];
    });
}

function quantityOn(entry: Consumption, day: Day, seed: number, story: Story): number {
  if (entry.since && day < story[entry.since]) return 0;
  if (entry.resource.name === RUNAWAY_RESOURCE && day === story.runaway) return RUNAWAY_HOURS;
  const demand = trend(entry, day, story);
  if (entry.slot) {
    // All machines of one group follow one demand, so the noise is the group's.
    const group = entry.resource.name.replace(/-\d+$/, '');
    const running = demand * noise(seed, group, day, entry.rhythm) * entry.slot.machines;
    const share = Math.min(1, Math.max(0, running - entry.slot.index));
    return Math.round(share * entry.perDay * 100) / 100;
  }
  const quantity = entry.perDay * demand * noise(seed, `${entry.resource.name}|${entry.meter}`, day, entry.rhythm);
  return meters[entry.meter] === 'hour' && entry.perDay <= 24
    ? Math.min(24, Math.round(quantity * 100) / 100)
    : quantity;
}

/** How much of what `name` uses on a working day at the start of the story it uses on a day; 0 before it begins. */
export function demandOn(
  entry: Pick<Consumption, 'rhythm' | 'growth' | 'since'> & { readonly name: string },
  day: Day,
  seed: number,
  story: Story,
): number {
  if (entry.since && day < story[entry.since]) return 0;
  return trend(entry, day, story) * noise(seed, entry.name, day, entry.rhythm);
}

function trend(entry: Pick<Consumption, 'rhythm' | 'growth' | 'since'>, day: Day, story: Story): number {
  const months = (day - (entry.since ? story[entry.since] : story.start)) / 30;
  const growth = Math.max(0.3, 1 + entry.growth * months);
  const rampUp = entry.since ? Math.min(1, 0.25 + months * 0.6) : 1;
  return growth * rampUp * weekdayShare(entry.rhythm, day);
}

function weekdayShare(rhythm: Rhythm, day: Day): number {
  const number = weekday(day);
  const weekend = number === 0 || number === 6;
  if (rhythm === 'customers') return number === 0 ? 0.62 : number === 6 ? 0.7 : 1;
  if (rhythm === 'office') return weekend ? 0 : 1;
  return 1;
}

/** Days differ a little; batch work differs a lot; what runs all day or is only stored does not differ. */
function noise(seed: number, name: string, day: Day, rhythm: Rhythm): number {
  if (rhythm === 'steady' || rhythm === 'stock') return 1;
  const draw = randomAt(seed, `${name}|${dayText(day)}`);
  return rhythm === 'batch' ? 0.45 + draw * 1.1 : 0.94 + draw * 0.12;
}
