import { CloudActError } from '@cloudact/core/errors';
import type { CheckFinding, ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import { settingsInvalid } from '../../settings.ts';
import { type CheckStep, tryInTurn } from '../../try-in-turn.ts';
import { objectStorage, ociError, reportBucket } from './client.ts';
import { fingerprintOf, readKey } from './key.ts';
import { listPeriods } from './listing.ts';
import { prefixes } from './reports.ts';
import { fields, type OciSettings } from './settings.ts';

/** Tries, in order: the key, its fingerprint, the listing, one report. Stops at the first step that fails. */
export async function checkAccess(settings: OciSettings, context: ConnectorContext): Promise<CheckFinding[]> {
  let periods: DeliveredPeriod[] = [];
  const steps: readonly CheckStep[] = [
    ['key', () => `The private key is an RSA key of ${readKey(settings).asymmetricKeyDetails?.modulusLength} bits.`],
    ['fingerprint', () => checkFingerprint(settings)],
    [
      'list_objects',
      async () => {
        periods = await listPeriods(settings, context);
        return foundText(periods, settings);
      },
    ],
    ['get_object', () => readFirstByte(settings, context, periods.at(-1)!.parts.at(-1)!.name)],
  ];
  return tryInTurn(steps, context);
}

function checkFingerprint(settings: OciSettings): string {
  const own = fingerprintOf(readKey(settings));
  if (own !== settings.fingerprint) {
    throw settingsInvalid(fields, [
      { column: 'fingerprint', value: settings.fingerprint, reason: `is of another key: the private key has ${own}` },
    ]);
  }
  return 'The fingerprint is that of the private key.';
}

function foundText(periods: readonly DeliveredPeriod[], { dataset }: OciSettings): string {
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) {
    throw new CloudActError('source_incomplete', {
      detail: `There is no month with reports below ${prefixes[dataset]} yet. Oracle makes the first ones within a day; check the dataset.`,
    });
  }
  return `${periods.length} billing periods, ${first.billingPeriod.slice(0, 7)} to ${last.billingPeriod.slice(0, 7)}.`;
}

async function readFirstByte(settings: OciSettings, context: ConnectorContext, name: string): Promise<string> {
  try {
    const client = await objectStorage(settings, context);
    const { value } = await client.getObject({
      ...reportBucket(settings),
      objectName: name,
      range: new (await import('oci-common')).Range(0, 0, null),
    });
    await (value as ReadableStream).cancel();
  } catch (error) {
    context.signal?.throwIfAborted();
    throw ociError(error, `${name} was read`);
  }
  return `${name} can be read.`;
}
