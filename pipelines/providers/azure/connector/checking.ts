import { CloudActError } from '@cloudact/core/errors';
import type { CheckFinding, ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import { azureError, containerClient, signIn } from './client.ts';
import { listPeriods } from './listing.ts';
import { type AzureBlobSettings, exportTypes } from './settings.ts';

/** Tries, in order: the credential, the listing, the exports, one blob. Stops at the first step that fails. */
export async function checkAccess(settings: AzureBlobSettings, context: ConnectorContext): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = [];
  const step = async <T>(name: string, work: () => Promise<readonly [T, string]>): Promise<T | undefined> => {
    try {
      const [result, detail] = await work();
      findings.push({ step: name, ok: true, detail });
      return result;
    } catch (error) {
      context.signal?.throwIfAborted();
      if (!(error instanceof CloudActError)) throw error;
      findings.push({ step: name, ok: false, detail: error.message });
      return undefined;
    }
  };
  if (!(await step('credential', () => checkCredential(settings, context)))) return findings;
  const periods = await step('exports', async () => {
    const found = await listPeriods(settings, context);
    const whole = found.filter(({ beingWritten }) => !beingWritten);
    return [whole, foundText(whole, settings)] as const;
  });
  const part = periods?.at(-1)?.parts[0];
  if (part) await step('read', () => readFirstByte(settings, context, part.name));
  return findings;
}

async function checkCredential(
  settings: AzureBlobSettings,
  context: ConnectorContext,
): Promise<readonly [true, string]> {
  const { access } = settings;
  if (access.kind === 'sas') {
    if (Date.parse(access.expiresAt) <= Date.now()) {
      throw new CloudActError('source_denied', { detail: `The SAS ended on ${access.expiresAt}. Make a new one.` });
    }
    return [true, `The SAS reads and lists, and ends on ${access.expiresAt}.`];
  }
  try {
    await (await signIn(settings, context)).getToken('https://storage.azure.com/.default');
  } catch (error) {
    throw azureError(error, 'the sign-in of the application');
  }
  return [true, 'The application signs in.'];
}

function foundText(periods: readonly DeliveredPeriod[], settings: AzureBlobSettings): string {
  const names = exportTypes(settings).join(' and ');
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) {
    throw new CloudActError('source_incomplete', {
      detail: `There is no month yet for which ${names} are both there. Run the exports once.`,
    });
  }
  return `${names}: ${periods.length} billing periods, ${first.billingPeriod.slice(0, 7)} to ${last.billingPeriod.slice(0, 7)}.`;
}

async function readFirstByte(
  settings: AzureBlobSettings,
  context: ConnectorContext,
  name: string,
): Promise<readonly [true, string]> {
  try {
    const container = await containerClient(settings, context);
    await container.getBlobClient(name).downloadToBuffer(0, 1, context.signal && { abortSignal: context.signal });
  } catch (error) {
    context.signal?.throwIfAborted();
    throw azureError(error, `reading ${name}`);
  }
  return [true, `${name} can be read.`];
}
