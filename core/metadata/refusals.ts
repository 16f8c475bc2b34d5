import { CloudActError, type CloudActErrorOptions, type ErrorCode } from '../errors.ts';

/**
 * The error that a refusal of the database stands for: a message that is a code, which the functions in
 * `supabase/migrations` raise, or a constraint. Undefined for anything else.
 */
export function refusal(error: { code?: string; message: string; details?: string | null }): CloudActError | undefined {
  // Supabase Lite does not tell the SQLSTATE of a check that a function ran into.
  const state = error.message.includes('violates check constraint') ? CHECK_VIOLATION : error.code;
  const known = raised[error.message] ?? constraints[state ?? ''];
  if (known === undefined) return undefined;
  const [code, describe] = known;
  return new CloudActError(code, {
    ...describe(error.details ?? ''),
    cause: { code: error.code, message: error.message },
  });
}

/**
 * What was asked for in the name of a person. Throws `credential_invalid` when the person is gone: a session outlives the
 * account until it expires.
 */
export async function inNameOf<Data>(work: Promise<Data>): Promise<Data> {
  try {
    return await work;
  } catch (error) {
    const cause = error instanceof CloudActError ? (error.cause as { code?: string } | undefined) : undefined;
    if (cause?.code !== FOREIGN_KEY_VIOLATION) throw error;
    throw new CloudActError('credential_invalid', {
      detail: 'The account of this session was deleted. Sign up again.',
      cause: error,
    });
  }
}

type Refusal = readonly [ErrorCode, (details: string) => CloudActErrorOptions];

const raised: Readonly<Record<string, Refusal>> = {
  org_exists: [
    'org_exists',
    () => ({ detail: 'The slug belongs to another organisation, or belonged to one. Choose another slug.' }),
  ],
  too_many_orgs: [
    'org_limit_reached',
    () => ({
      detail: 'One person owns at most 20 organisations. Leave or delete one, or let somebody else create this one.',
    }),
  ],
  org_not_found: ['not_found', () => ({ detail: 'There is no such organisation.' })],
  forbidden: [
    'forbidden',
    () => ({ detail: 'Your role in the organisation does not allow this. Ask an owner of the organisation.' }),
  ],
  member_not_found: ['not_found', () => ({ detail: 'There is no such member.' })],
  invitation_invalid: [
    'invitation_invalid',
    () => ({
      detail:
        'The invitation is unknown, expired, used, taken back, or for another e-mail address. Sign in with the address that it was sent to, or ask for a new one.',
    }),
  ],
  last_owner: [
    'last_owner',
    (slugs) => ({
      detail: `Nobody else owns ${slugs || 'the organisation'}. Make another member an owner first, or delete the organisation.`,
    }),
  ],
  rate_limited: [
    'rate_limited',
    (seconds) => ({
      detail:
        'An organisation sends at most 20 invitations in an hour, and one to the same address in five minutes. Wait, then send the request again.',
      retryAfterSeconds: Number(seconds),
    }),
  ],
  plan_limit: [
    'plan_limit_reached',
    () => ({ detail: 'The plan has no room for one more. Remove one, or choose a larger plan.' }),
  ],
  run_conflict: ['conflict', () => ({ detail: 'Another run of the same thing just ended. Send the request again.' })],
};

const CHECK_VIOLATION = '23514';
const FOREIGN_KEY_VIOLATION = '23503';

/** SQLSTATEs of constraints. What was refused is in the cause: the text of the database may quote what was sent. */
const constraints: Readonly<Record<string, Refusal>> = {
  // unique_violation
  '23505': ['conflict', () => ({ detail: 'There is one with this id already. Choose another id.' })],
  [FOREIGN_KEY_VIOLATION]: [
    'not_found',
    () => ({ detail: 'The organisation or person that this belongs to is gone.' }),
  ],
  [CHECK_VIOLATION]: ['request_invalid', () => ({ detail: 'A value is outside of what its field may hold.' })],
};
