import type { CheckFinding, ConnectorContext } from '../../connector.ts';
import { type CheckStep, tryInTurn } from '../../try-in-turn.ts';
import { monthlyInvoices } from './bills.ts';
import { xaiClient } from './client.ts';
import type { XaiSettings } from './settings.ts';

/** Tries, in order: the key and its team, the invoices of this month, the invoice to come. Stops at the first that fails. */
export async function checkAccess(settings: XaiSettings, context: ConnectorContext): Promise<CheckFinding[]> {
  const client = xaiClient(settings, context);
  const month = `${new Date().toISOString().slice(0, 7)}-01`;
  let team = '';
  const steps: readonly CheckStep[] = [
    [
      'key',
      async () => {
        team = await client.team();
        return `The management key is valid; the team is ${team}.`;
      },
    ],
    [
      'read_invoices',
      async () => {
        monthlyInvoices(await client.invoices(team, month), month);
        return 'The invoices can be read.';
      },
    ],
    [
      'read_preview',
      async () =>
        (await client.preview(team)) === undefined
          ? 'The team has no invoice to come: what its days cost is read instead.'
          : 'The invoice to come can be read.',
    ],
  ];
  return tryInTurn(steps, context);
}
