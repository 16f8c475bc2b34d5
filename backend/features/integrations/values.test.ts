import type { CloudActError } from '@cloudact/core/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConnectorDescription, ConnectorField } from '../../pipeline-service/port.ts';
import { checkValues } from './values.ts';

const field = (name: string, more: Partial<ConnectorField> = {}): ConnectorField => ({
  name,
  label: name.toUpperCase(),
  help: '',
  kind: 'text',
  required: false,
  ...more,
});
const connector: ConnectorDescription = {
  id: 'blob',
  title: 'Blob',
  fields: [
    field('access', {
      kind: 'choice',
      required: true,
      choices: ['app', 'sas'].map((value) => ({ value, label: value })),
    }),
    field('account', { required: true, pattern: '[a-z]{3,}', expected: 'three letters or more' }),
    field('note'),
    field('tenant', { required: true, when: { field: 'access', values: ['app'] } }),
    field('secret', {
      kind: 'secret',
      required: true,
      pattern: 'secret-.+',
      when: { field: 'access', values: ['app'] },
    }),
    field('phrase', { kind: 'secret', when: { field: 'access', values: ['app'] } }),
    field('sas', { kind: 'secret', required: true, when: { field: 'access', values: ['sas'] } }),
    field('address', { decidesHost: true }),
    field('external', { required: true, generated: true }),
  ],
};
const nothing = { settings: {}, sealed: [], generated: 'ours' };
const app = { access: 'app', account: 'acme', tenant: 't1', secret: 'secret-1' };
const kept = {
  settings: { access: 'app', account: 'acme', tenant: 't1', external: 'e1' },
  sealed: ['secret'],
  generated: 'ours',
};

function faultsOf(given: Record<string, string>, before: Parameters<typeof checkValues>[2] = nothing) {
  try {
    checkValues(connector, given, before);
    return {};
  } catch (error) {
    const { code, faults } = error as CloudActError;
    expect(code).toBe('request_invalid');
    return Object.fromEntries(faults.map(({ column, reason }) => [column, reason]));
  }
}

describe('what is filled in first', () => {
  it('is parted into settings and secrets, without spaces around, and what we make is made', () => {
    const { settings, secrets } = checkValues(connector, { ...app, account: ' acme ', note: '  ' }, nothing);
    expect(settings).toEqual({
      access: 'app',
      account: 'acme',
      tenant: 't1',
      external: 'ours',
    });
    expect(secrets).toEqual({ secret: 'secret-1' });
  });

  it('is refused with every fault at once: missing, of another form, no choice, no field, made by us', () => {
    const given = {
      access: 'app',
      account: 'A',
      secret: 'hunter2',
      external: 'mine',
      'a/b~c': 'x',
      note: 'two\nlines',
    };
    expect(faultsOf(given)).toEqual({
      'values/account': 'must be three letters or more',
      'values/note': 'must be one line of text',
      'values/tenant': 'is missing',
      'values/secret': expect.stringContaining('must be'),
      'values/external': 'is made by us: leave it out',
      'values/a~1b~0c': 'is no field of this connector',
    });
    expect(faultsOf({ ...app, access: 'other' })['values/access']).toBe('must be one of app, sas');
    expect(faultsOf({ ...app, sas: 'x' })).toEqual({ 'values/sas': expect.stringContaining('no place') });
  });
});

describe('what is changed', () => {
  it('stays where it is left out, secrets too', () => {
    expect(checkValues(connector, { note: 'new' }, kept)).toEqual({
      settings: { ...kept.settings, note: 'new' },
      secrets: null,
      movesHost: false,
    });
  });

  it('is cleared by an empty text, where it may be empty', () => {
    const noted = { ...kept, settings: { ...kept.settings, note: 'old' } };
    expect(checkValues(connector, { note: '' }, noted).settings).toEqual(kept.settings);
    expect(faultsOf({ account: '', secret: '' }, kept)).toEqual({
      'values/account': 'is missing',
      'values/secret': 'is missing',
    });
  });

  it('takes secrets only together', () => {
    const two = { ...kept, sealed: ['phrase', 'secret'] };
    const again = { 'values/secret': 'must be sent again: secrets are sealed together' };
    expect(faultsOf({ phrase: 'p' }, kept)).toEqual(again);
    expect(faultsOf({ phrase: '' }, two)).toEqual(again);
    expect(checkValues(connector, { phrase: '', secret: 'secret-2' }, two).secrets).toEqual({ secret: 'secret-2' });
  });

  it('drops what loses its place, and asks for what gets one', () => {
    expect(faultsOf({ access: 'sas' }, kept)).toEqual({ 'values/sas': 'is missing' });
    expect(checkValues(connector, { access: 'sas', sas: 'token' }, kept)).toEqual({
      settings: { access: 'sas', account: 'acme', external: 'e1' },
      secrets: { sas: 'token' },
      movesHost: false,
    });
  });

  it('asks for the secrets anew when they would go to another server, so that nobody who lacks them can have them sent there', () => {
    const placed = { ...kept, settings: { ...kept.settings, address: 'https://own.example.com' } };
    const again = { 'values/secret': 'must be sent again: it goes to another server' };
    expect(faultsOf({ address: 'https://evil.example.com' }, placed)).toEqual(again);
    expect(faultsOf({ address: '' }, placed)).toEqual(again);
    expect(faultsOf({ address: 'https://evil.example.com' }, kept)).toEqual(again);
    expect(checkValues(connector, { address: placed.settings.address, note: 'new' }, placed).secrets).toBeNull();
    const moved = { address: 'https://new.example.com', secret: 'secret-2' };
    expect(checkValues(connector, moved, placed)).toMatchObject({ secrets: { secret: 'secret-2' }, movesHost: true });
  });
});

it('no fault repeats a secret, and no secret is among the settings', () => {
  const names = connector.fields.map(({ name }) => name);
  const anything = fc.dictionary(
    fc.constantFrom(...names, 'other'),
    fc.string().map((text) => `hunter2${text}`),
  );
  fc.assert(
    fc.property(anything, fc.subarray(['secret', 'phrase', 'sas']), (given, sealed) => {
      try {
        const { settings } = checkValues(connector, given, { ...kept, sealed });
        for (const name of ['secret', 'phrase', 'sas']) expect(settings).not.toHaveProperty(name);
      } catch (error) {
        expect((error as CloudActError).code).toBe('request_invalid');
        const shown = JSON.stringify([(error as CloudActError).detail, (error as CloudActError).faults]);
        expect(shown).not.toContain('hunter2');
      }
    }),
  );
});
