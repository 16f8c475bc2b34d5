import { describe, expect, test } from 'vitest';
import type { CredentialField } from './connector.ts';
import { connectorById, connectors } from './connectors.ts';

test('every connector has an id of its own, by which it is found', () => {
  for (const connector of connectors) expect(connectorById(connector.id)).toBe(connector);
  expect(connectorById('none')).toBeUndefined();
});

describe.each(connectors.map((connector) => [connector.id, connector] as const))('%s', (_, { fields, parse }) => {
  test('its fields have names of their own and say where their values are found', () => {
    expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
    for (const { name, label, help } of fields)
      expect([name, label.length > 0, help.length > 0]).toEqual([name, true, true]);
  });

  test.each(fields.map((field) => [field.name, field] as const))(
    '%s can be filled in as it is described',
    (_, field) => {
      const { pattern, example, choices, when } = field;
      if (pattern !== undefined) {
        expect(field.expected, 'what the value must be, in words').toBeTruthy();
        if (example !== undefined) expect(example).toMatch(new RegExp(`^(?:${pattern})$`));
      }
      expect((choices?.length ?? 0) > 0).toBe(field.kind === 'choice');
      if (when) expect(choicesOf(fields, when.field)).toEqual(expect.arrayContaining([...when.values]));
    },
  );

  test('who changes the address of a server enters the secrets again', () => {
    const addresses = fields.filter(({ kind, pattern }) => kind === 'text' && pattern?.startsWith('http'));
    expect(addresses.filter(({ decidesHost }) => !decidesHost)).toEqual([]);
  });

  test('nothing filled in is refused with a fault for what is always needed', () => {
    const needed = fields.filter(({ required, when }) => required && !when).map(({ name }) => name);
    expect(() => parse({})).toThrow(
      expect.objectContaining({
        code: 'settings_invalid',
        faults: expect.arrayContaining(needed.map((column) => expect.objectContaining({ column }))),
      }),
    );
  });
});

function choicesOf(fields: readonly CredentialField[], name: string): string[] {
  return fields.find((field) => field.name === name)?.choices?.map(({ value }) => value) ?? [];
}
