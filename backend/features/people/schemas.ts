import { roles } from '@cloudact/core/identity';
import { Type } from 'typebox';

const roleSchema = Type.Enum([...roles], {
  description: 'What the person may do: viewer < analyst < admin < owner.',
});
const uuidSchema = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
});
const timeSchema = Type.String({ format: 'date-time' });

export const meSchema = Type.Object({
  id: Type.String({ description: 'Id of the person.' }),
  email: Type.String(),
  organisations: Type.Array(
    Type.Object({
      slug: Type.String({ description: 'For the header CloudAct-Org.', examples: ['acme_inc'] }),
      name: Type.String(),
      role: roleSchema,
      state: Type.Enum(['onboarding', 'active', 'leaving'], {
        description: 'onboarding: not all of it is set up yet. leaving: it is being deleted.',
      }),
    }),
  ),
});

export const deleteMeSchema = Type.Object(
  {
    confirm: Type.String({
      maxLength: 320,
      description: 'The own e-mail address, so that nobody does this by mistake.',
    }),
  },
  { additionalProperties: false },
);

export const memberSchema = Type.Object({
  user_id: Type.String(),
  email: Type.Union([Type.String(), Type.Null()], { description: 'As it was when the person joined.' }),
  role: roleSchema,
  since: timeSchema,
});

export const membersSchema = Type.Object({ members: Type.Array(memberSchema) });

export const memberParamsSchema = Type.Object({ user_id: uuidSchema });

export const changeMemberSchema = Type.Object({ role: roleSchema }, { additionalProperties: false });

export const leaveSchema = Type.Object(
  { confirm: Type.String({ maxLength: 60, description: 'The slug of the organisation that is left.' }) },
  { additionalProperties: false },
);

export const invitationSchema = Type.Object({
  id: Type.String(),
  email: Type.String(),
  role: roleSchema,
  state: Type.Enum(['open', 'accepted', 'expired', 'revoked']),
  created_at: timeSchema,
  expires_at: timeSchema,
});

export const invitationsSchema = Type.Object({ invitations: Type.Array(invitationSchema) });

export const invitationParamsSchema = Type.Object({ id: uuidSchema });

export const inviteSchema = Type.Object(
  {
    email: Type.String({ format: 'email', maxLength: 320, examples: ['ann@example.com'] }),
    role: roleSchema,
  },
  { additionalProperties: false },
);

export const acceptInvitationSchema = Type.Object(
  {
    token: Type.String({
      pattern: '^[A-Za-z0-9_-]{43}$',
      description: 'What stands after #token= in the link of the invitation.',
    }),
  },
  { additionalProperties: false },
);

export const acceptedInvitationSchema = Type.Object({
  slug: Type.String({ description: 'The organisation that the person belongs to now.' }),
  role: roleSchema,
});
