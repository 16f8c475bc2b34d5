import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { CloudActError } from './errors.ts';

const schema = Type.Object({
  CA_ROOT_API_KEY: Type.String({ minLength: 16, description: 'at least 16 characters' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65535, default: 8000 }),
  CA_ENVIRONMENT: Type.Union([Type.Literal('local'), Type.Literal('stage'), Type.Literal('prod')]),
  SECURE: Type.Boolean({ default: false }),
  BASE_URL: Type.Optional(Type.String()),
});

function failure(environment: Record<string, string | undefined>): CloudActError {
  try {
    readConfig(schema, environment);
  } catch (error) {
    if (error instanceof CloudActError) return error;
    throw error;
  }
  throw new Error('the configuration was taken');
}

describe('readConfig', () => {
  test('text becomes what the schema says, defaults fill in, other variables stay out', () => {
    const environment = { CA_ROOT_API_KEY: '0123456789abcdef', CA_ENVIRONMENT: 'stage', SECURE: 'true', HOME: '/root' };
    expect(readConfig(schema, environment)).toEqual({
      CA_ROOT_API_KEY: '0123456789abcdef',
      CA_ENVIRONMENT: 'stage',
      SECURE: true,
      PORT: 8000,
    });
    expect(readConfig(schema, { ...environment, PORT: '0', SECURE: 'false' })).toMatchObject({
      PORT: 0,
      SECURE: false,
    });
  });

  test('a key of digits stays text', () => {
    const environment = { CA_ROOT_API_KEY: '0000000000000000001', CA_ENVIRONMENT: 'local' };
    expect(readConfig(schema, environment).CA_ROOT_API_KEY).toBe('0000000000000000001');
  });

  test('every missing and wrong name is told at once, and no value', () => {
    const error = failure({ CA_ROOT_API_KEY: 'hunter2', PORT: 'eighty', SECURE: '' });
    expect(error.code).toBe('configuration_invalid');
    expect(error.faults.map(({ column }) => column)).toEqual(['CA_ROOT_API_KEY', 'PORT', 'CA_ENVIRONMENT']);
    expect(error.detail).toContain('CA_ENVIRONMENT is missing');
    expect(error.detail).toContain('at least 16 characters');
    for (const value of ['hunter2', 'eighty'])
      expect(JSON.stringify(error.faults) + error.message).not.toContain(value);
  });

  test('an empty variable counts as not set', () => {
    expect(failure({ CA_ROOT_API_KEY: '', CA_ENVIRONMENT: 'local' }).detail).toContain('CA_ROOT_API_KEY is missing');
  });

  test('an unknown choice is wrong, not missing', () => {
    const error = failure({ CA_ROOT_API_KEY: '0123456789abcdef', CA_ENVIRONMENT: 'moon' });
    expect(error.faults).toHaveLength(1);
    expect(error.detail).toContain('CA_ENVIRONMENT is not valid');
  });
});
