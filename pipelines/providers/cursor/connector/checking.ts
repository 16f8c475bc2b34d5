import type { CheckFinding, ConnectorContext } from '../../connector.ts';
import { type CheckStep, tryInTurn } from '../../try-in-turn.ts';
import { memberCount, usageEvents } from './client.ts';
import type { CursorSettings } from './settings.ts';

const HOUR = 3_600_000;

/** Tries, in order: the key, at the members of the team, and the events of the last hour. Stops at the first that fails. */
export async function checkAccess(settings: CursorSettings, context: ConnectorContext): Promise<CheckFinding[]> {
  const steps: readonly CheckStep[] = [
    ['members', async () => `The key is one of a team of ${await memberCount(settings, context)}.`],
    [
      'usage_events',
      async () => {
        const now = Date.now();
        let count = 0;
        for await (const page of usageEvents(settings, now - HOUR, now, context)) count += page.length;
        return `The usage of the team can be read: ${count} events in the last hour.`;
      },
    ],
  ];
  return tryInTurn(steps, context);
}
