import type { PolicyText } from '../../connector.ts';

export function policies(): PolicyText[] {
  return [
    {
      title: 'What the key needs',
      language: 'text',
      text: 'An admin API key of the organization with the right to read usage (GET /v1/admin/usage), and no other. Mistral gives admin keys to Enterprise organizations on request.',
    },
  ];
}
