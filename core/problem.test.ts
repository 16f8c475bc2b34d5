import { describe, expect, test } from 'vitest';
import { CloudActError } from './errors.ts';
import { toProblem } from './problem.ts';

const id = '0b5f7f5e-9d7f-4a44-8f2a-5a1a3f1f0c11';

describe('toProblem', () => {
  test('a fault of the request says what is wrong and where', () => {
    const faults = [{ column: 'files/0', reason: 'is not a name' }, { reason: 'is empty' }];
    expect(toProblem(new CloudActError('request_invalid', { detail: 'Name a file.', faults }), id)).toEqual({
      type: 'urn:cloudact:problem:request_invalid',
      title: 'Request not valid',
      status: 400,
      detail: 'Name a file.',
      instance: `urn:uuid:${id}`,
      code: 'request_invalid',
      errors: [
        { pointer: '#/files/0', message: 'is not a name' },
        { pointer: '#', message: 'is empty' },
      ],
    });
  });

  test('a fault of ours says nothing about the inside', () => {
    const error = new CloudActError('internal', {
      detail: 'the table _loads is gone',
      faults: [{ column: 'password', reason: 'is "hunter2"' }],
    });
    expect(toProblem(error, id)).toEqual({
      type: 'urn:cloudact:problem:internal',
      title: 'Internal error',
      status: 500,
      instance: `urn:uuid:${id}`,
      code: 'internal',
    });
  });
});
