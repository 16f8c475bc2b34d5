import type { CheckFinding, ConnectorContext } from '../../connector.ts';
import { type CheckStep, tryInTurn } from '../../try-in-turn.ts';
import { linesOf, mark } from './answer.ts';
import { askUsage } from './calling.ts';
import type { MistralSettings } from './settings.ts';

/** Tries, in order: the right to read the usage of this month, and that its entries have prices. */
export async function checkAccess(settings: MistralSettings, context: ConnectorContext): Promise<CheckFinding[]> {
  const now = new Date();
  const month = `${now.toISOString().slice(0, 7)}-01`;
  let answer: unknown;
  const steps: readonly CheckStep[] = [
    [
      'read_usage',
      async () => {
        answer = await askUsage(settings, month, context);
        return `The usage of ${month.slice(0, 7)} can be read.`;
      },
    ],
    ['prices', () => foundText(linesOf(answer, month, settings, now).lines)],
  ];
  return tryInTurn(steps, context);
}

function foundText(lines: readonly Readonly<Record<string, unknown>>[]): string {
  const usage = lines.filter((line) => line[mark] === 'usage');
  const unpriced = usage.filter(({ unit_price }) => unit_price === null).length;
  const prices = `${usage.length} entries of usage, ${lines.length - usage.length} prices.`;
  return unpriced === 0
    ? prices
    : `${prices} ${unpriced} entries have no price of Mistral's: the price book prices them.`;
}
