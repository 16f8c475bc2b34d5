import { type Static, Type } from 'typebox';

const time = (description: string) => Type.String({ format: 'date-time', description });
const count = (description: string) => Type.Integer({ minimum: 0, description });

/**
 * What was deleted and when. Not signed: the keys of this service sign tokens, and a key that signs anything else could
 * be made to sign a token. It is kept with the retired slug, where the operator can look it up and compare.
 */
export const certificateSchema = Type.Object(
  {
    org: Type.String({ description: 'Slug of the organisation. It is retired and never given again.' }),
    issued_at: time('When all was done.'),
    steps: Type.Object({
      begun_at: time('From when on nobody got in.'),
      keys_revoked_at: time('API keys and widget tokens.'),
      billing_ended_at: time('What was paid for.'),
      exported_at: Type.Union([time('When the export was complete.'), Type.Null()], {
        description: 'Null: no export was asked for.',
      }),
      dataset_dropped_at: time('Cost data, with everything that was derived from it.'),
      data_keys_destroyed_at: time(
        'Data keys and credentials. Sealed copies of these in backups stay sealed for ever.',
      ),
    }),
    deleted: Type.Object(
      {
        members: count('Memberships; the people keep their accounts.'),
        charges: count('Rows of the cost table.'),
        api_keys: count('In force, expired and revoked ones.'),
        data_keys: count('Pairs of the vault.'),
        credentials: count('Sealed fields of integrations.'),
        pipeline_runs: count('Records of loads.'),
      },
      { description: 'As counted when each of the steps began.' },
    ),
    export: Type.Union(
      [
        Type.Object({
          folder: Type.String({ description: 'Under the operator’s directory of exports.' }),
          manifest_sha256: Type.String({
            description: 'SHA-256 of manifest.json, which has that of every file. Hexadecimal.',
          }),
          files: count('Files that the manifest lists.'),
          bytes: count('Of these files together.'),
        }),
        Type.Null(),
      ],
      { description: 'Null: no export was asked for.' },
    ),
  },
  { description: 'Certificate of deletion.' },
);

export type Certificate = Static<typeof certificateSchema>;
