import type { CheckFinding, ConnectorContext } from '../../connector.ts';
import { type CheckStep, tryInTurn } from '../../try-in-turn.ts';
import { billedItems, copilotSeats } from './client.ts';
import type { GithubSettings } from './settings.ts';

/** Tries to read the billing of the current month, and tells of the seats of Copilot, which that billing contains. */
export async function checkAccess(settings: GithubSettings, context: ConnectorContext): Promise<CheckFinding[]> {
  const now = new Date();
  const span = { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1 };
  const steps: readonly CheckStep[] = [
    [
      'billing_usage',
      async () =>
        `The billing of ${settings.organization} can be read: ${(await billedItems(settings, span, context)).length} items this month.`,
    ],
    [
      'copilot_seats',
      async () => {
        const seats = await copilotSeats(settings, context);
        return seats === undefined
          ? 'The seats of Copilot are not shown to this token. They are not needed: their price is in the billing.'
          : `Copilot has ${seats} seats. Their price is in the billing: do not enter them as a subscription too.`;
      },
    ],
  ];
  return tryInTurn(steps, context);
}
