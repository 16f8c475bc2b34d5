import { Type } from 'typebox';

export const auditPageSchema = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    before: Type.Optional(Type.String({ format: 'uuid', description: 'Id of an event: only older ones are listed.' })),
  },
  { additionalProperties: false },
);

const nullableText = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

const auditEventSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  at: Type.String({ format: 'date-time', description: 'UTC.' }),
  actor: Type.Object({
    kind: Type.String({
      description: '`member`, `api_key`, `widget`, `user`, `root` (the operator), `service`, or `unknown`.',
    }),
    id: nullableText('Id of the person or key; the subject of a widget token.'),
  }),
  action: Type.String({ examples: ['api_key.revoke', 'access.refuse'] }),
  target: nullableText('What it was done to.'),
  outcome: Type.String({ enum: ['attempted', 'succeeded', 'refused', 'failed'] }),
  status: Type.Union([Type.Integer(), Type.Null()], { description: 'HTTP status of the answer.' }),
  code: nullableText('Code of the problem, where it was refused or failed.'),
  request_id: Type.String(),
  address: nullableText('Network address that the request came from.'),
  user_agent: nullableText('As the client called itself.'),
});

export const auditEventsSchema = Type.Object({
  events: Type.Array(auditEventSchema),
  next: Type.Union([Type.String(), Type.Null()], { description: 'Give it as `before` for the next page.' }),
});
