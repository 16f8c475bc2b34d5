import { CloudActError } from '@cloudact/core/errors';
import type { CheckFinding, ConnectorContext } from '../../connector.ts';
import { type CheckStep, tryInTurn } from '../../try-in-turn.ts';
import { activity, isManagementKey } from './client.ts';
import type { OpenRouterSettings } from './settings.ts';

/** Tries, in order: the key and its class, the activity of the account. Stops at the first step that fails. */
export async function checkAccess(settings: OpenRouterSettings, context: ConnectorContext): Promise<CheckFinding[]> {
  const steps: readonly CheckStep[] = [
    [
      'key',
      async () => {
        if ((await isManagementKey(settings, context)) !== false) return 'OpenRouter knows the key.';
        throw new CloudActError('source_denied', {
          detail:
            'The key is one for inference, and does not see the activity of the account. Make a management key in OpenRouter under Settings, Management keys.',
        });
      },
    ],
    [
      'activity',
      async () =>
        `The activity of the account can be read: ${(await activity(settings, context, false)).length} lines.`,
    ],
  ];
  return tryInTurn(steps, context);
}
