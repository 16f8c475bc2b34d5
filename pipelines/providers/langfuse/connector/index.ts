import { attributionMonths, dayAfter, daysOf, writeAttribution } from '../../attribution-file/delivering.ts';
import { attributionFormat } from '../../attribution-file/index.ts';
import type { Connector } from '../../connector.ts';
import { tryInTurn } from '../../try-in-turn.ts';
import { metrics } from './client.ts';
import { linesOfDays } from './lines.ts';
import { fields, type LangfuseSettings, parseSettings } from './settings.ts';

/** Who usage was for, as a Langfuse project traced it. Its costs are estimates of its own and are not read. */
export const langfuseProject: Connector<LangfuseSettings> = {
  id: 'langfuse-project',
  title: 'Langfuse project',
  role: 'attribution',
  fields,
  parse: parseSettings,
  policies: () => [
    {
      title:
        'API keys: Project settings, API keys, Create. They can write traces, too; Langfuse has no smaller right for a project',
      language: 'text',
      text: 'API keys of the project',
    },
  ],
  allowedHosts: ({ address }) => [address.hostname],
  format: () => attributionFormat.id,
  // Nothing is ever taken back: a month that is no longer listed stays as it was loaded.
  retainedMonths: 0,
  check: (settings, context) =>
    tryInTurn(
      [
        [
          'metrics',
          async () => {
            const day = new Date().toISOString().slice(0, 10);
            const range = { start: new Date(day), end: new Date(dayAfter(day)) };
            const models = await metrics(settings, context, { ...range, dimensions: ['providedModelName'] });
            return `The metrics of the project can be read: ${models.length} models today.`;
          },
        ],
      ],
      context,
    ),
  list: async ({ from, provider }) =>
    attributionMonths({ from, shape: `langfuse-1 ${provider ?? ''}`.trim(), parts: ['/api/public/v2/metrics'] }),
  fetch: async (settings, period, folder, context) => {
    const lines = linesOfDays(settings, context, daysOf(period, settings.from));
    const { billingPeriod } = period;
    return { files: [await writeAttribution(folder, { source: 'langfuse', billingPeriod }, lines, context.signal)] };
  },
};
