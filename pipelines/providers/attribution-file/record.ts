import { CloudActError, type InputFault } from '@cloudact/core/errors';
import { type Static, Type } from 'typebox';
import { meterIds } from '../../prices/meters.ts';
import { MARK } from './columns.ts';

/** What a gateway of one's own sends, one per day and set of tags or one per request: the same columns as in a file. */
export const attributionRecordSchema = Type.Object(
  {
    charge_date: Type.String({
      pattern: '^20\\d\\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
      description: 'UTC day of the usage, YYYY-MM-DD.',
    }),
    provider: Type.String({
      pattern: '^[a-z0-9][a-z0-9._-]{0,99}$',
      description: 'Whose bill it is a part of: id of the price book, for example openai.',
    }),
    model: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'As the provider is asked for it.' }),
    ),
    api_key_id: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: "The provider's id of the key, never the key itself." }),
    ),
    sub_account_id: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: "The provider's id of the project or workspace." }),
    ),
    meter: Type.Optional(Type.Enum(meterIds, { description: 'Left out: tokens of every kind.' })),
    quantity: Type.String({
      pattern: '^(?=.*[1-9])[0-9]{1,15}([.][0-9]{1,18})?$',
      description: 'In the unit of the meter, more than 0, as text: no digit is lost.',
    }),
    tags: Type.Record(Type.String({ minLength: 1, maxLength: 100 }), Type.String({ maxLength: 500 }), {
      maxProperties: 50,
      description: 'Who it was for: feature, user, customer, team, and whatever else.',
    }),
  },
  { additionalProperties: false },
);

export type AttributionRecord = Static<typeof attributionRecordSchema>;

/** A line of an attribution file. `source` names who told it, for example `gateway`. */
export type AttributionLine = AttributionRecord & { readonly [MARK]: string };

/**
 * The line of a file that says what a record says. The record fits the schema already. Throws `request_invalid` for a day that no
 * calendar has.
 */
export function toLine(record: AttributionRecord, source: string): AttributionLine {
  const day = new Date(`${record.charge_date}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== record.charge_date) {
    const fault: InputFault = {
      column: 'charge_date',
      value: record.charge_date,
      reason: 'is no day of the calendar',
    };
    throw new CloudActError('request_invalid', {
      detail: `The record cannot be kept: charge_date ${fault.reason}. Send the day in UTC, such as 2026-10-31.`,
      faults: [fault],
    });
  }
  return { [MARK]: source, ...record };
}
