import { PassThrough } from 'node:stream';
import { problemAnswer, toCloudActError } from '@cloudact/core/problem';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';

const LINES = 'application/x-ndjson';

/** The content of an answer that can also be had as it comes about. `answer` is its schema. */
export function answerOrLines(description: string, answer: object): object {
  return {
    description,
    content: {
      'application/json': { schema: answer },
      [LINES]: {
        schema: Type.String({
          description:
            'With `Accept: application/x-ndjson`: one line `{"step", "at"}` for each step as it is done; the last line is the answer, or a problem.',
        }),
      },
    },
  };
}

/**
 * Answers with the result of `work`, or, for `Accept: application/x-ndjson`, with a line for each step while it runs. What
 * fails before the first step is a problem of its own status; later, it is the last line. Work that has begun goes on
 * to its end, also when nobody listens any more.
 */
export async function sendWithProgress<Step, Answer>(
  request: FastifyRequest,
  reply: FastifyReply,
  status: 200 | 201,
  work: (onStep: (step: Step) => void) => Promise<Answer>,
): Promise<FastifyReply> {
  if (!request.headers.accept?.includes(LINES)) return reply.code(status).send(await work(() => undefined));

  const lines = new PassThrough();
  const write = (line: string) => lines.write(`${line}\n`);
  const begun = Promise.withResolvers<void>();
  let hasBegun = false;
  work((step) => {
    hasBegun = true;
    write(JSON.stringify(step));
    begun.resolve();
  })
    .then(
      (answer) => {
        write(JSON.stringify(answer));
        begun.resolve();
      },
      (error: unknown) => {
        if (!hasBegun) return begun.reject(error);
        const known = toCloudActError(error);
        request.problemCode = known.code;
        request.log.error({ err: error, code: known.code }, known.message);
        write(problemAnswer(known, request.id).body);
      },
    )
    .finally(() => lines.end());
  await begun.promise;
  return reply.code(status).type(LINES).send(lines);
}
