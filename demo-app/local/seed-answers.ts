import { CloudActError } from '@cloudact/core/errors';
import type { OrgSlug } from '@cloudact/core/org';
import type { Warehouse } from '@cloudact/core/warehouse';
import { connectorById, syncConnection } from '@cloudact/pipelines';
import { type DemoAnswers, startReplay } from '@cloudact/pipelines/demo';

/**
 * Synchronises the demo company's AI providers with the connectors that a customer's are synchronised with. They call a
 * server on this machine, which gives the demo's answers; it is there only meanwhile.
 */
export async function syncDemoAnswers(
  { connectorId, integrationId, folder, provider, months }: DemoAnswers,
  { warehouse, org, workFolder }: { warehouse: Warehouse; org: OrgSlug; workFolder: string },
  report: (share: number) => void,
): Promise<void> {
  const connector = connectorById(connectorId)!;
  const replay = await startReplay(connectorId, folder);
  const seen = new Set<string>();
  try {
    const periods = await syncConnection({
      warehouse,
      org,
      integrationId,
      connector,
      settings: connector.parse(replay.settings),
      workFolder,
      endpoint: replay.endpoint,
      onProgress: ({ billingPeriod }) => report(seen.add(billingPeriod).size / (months.length + 1)),
    });
    for (const period of periods) {
      if (period.outcome !== 'failed') continue;
      throw new CloudActError('internal', {
        detail: `What ${provider} answers of ${period.billingPeriod} could not be loaded: ${period.error.detail}`,
      });
    }
  } finally {
    await replay.close();
  }
}
