import { CloudActError } from '@cloudact/core/errors';
import type { CheckFinding, ConnectorContext } from '../../connector.ts';
import { activity, isManagementKey } from './client.ts';
import type { OpenRouterSettings } from './settings.ts';

/** Tries, in order: the key and its class, the activity of the account. Stops at the first step that fails. */
export async function checkAccess(settings: OpenRouterSettings, context: ConnectorContext): Promise<CheckFinding[]> {
  const steps: readonly (readonly [name: string, work: () => Promise<string>])[] = [
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
  const findings: CheckFinding[] = [];
  for (const [step, work] of steps) {
    try {
      findings.push({ step, ok: true, detail: await work() });
    } catch (error) {
      context.signal?.throwIfAborted();
      if (!(error instanceof CloudActError)) throw error;
      findings.push({ step, ok: false, detail: error.detail });
      break;
    }
  }
  return findings;
}
