import { expect, test } from 'vitest';
import { openaiUsage } from '../index.ts';
import { openaiOrganization } from './index.ts';
import { ADMIN_KEY, ORGANIZATION } from './testing/openai-server.ts';

const filled = { adminKey: ADMIN_KEY, organizationId: ORGANIZATION, from: '2026-09-15' };
const settings = openaiOrganization.parse(filled);

test.each([
  ['adminKey', 'sk-proj-0123456789abcdefghijklmnop'],
  ['adminKey', ''],
  ['organizationId', 'larkmoor'],
  ['from', '2026-02-30'],
  ['from', 'yesterday'],
])('%s = %j is refused by name', (name, value) => {
  expect(() => openaiOrganization.parse({ ...filled, [name]: value })).toThrow(
    expect.objectContaining({ code: 'settings_invalid', faults: [expect.objectContaining({ column: name })] }),
  );
});

test('an ordinary key is answered with which key is needed and where it is made, and is not repeated', () => {
  const ordinary = 'sk-proj-0123456789abcdefghijklmnop';
  expect(() => openaiOrganization.parse({ ...filled, adminKey: ordinary })).toThrow(
    expect.objectContaining({
      detail: expect.stringMatching(/^(?!.*0123456789).*begins with sk-admin-.*Settings, Organization, Admin keys/),
    }),
  );
});

test('one host is called, and the format is that of the answers', () => {
  expect(openaiOrganization.allowedHosts(settings)).toEqual(['api.openai.com']);
  expect(openaiOrganization.format(settings)).toBe(openaiUsage.id);
  expect(openaiOrganization.policies(settings)).toMatchObject([{ text: expect.stringContaining('Usage: Read') }]);
});
