import type { PolicyText } from '../../connector.ts';

export function policies(): PolicyText[] {
  return [
    {
      title: 'Permissions of the admin key, at platform.openai.com, Settings, Organization, Admin keys',
      language: 'text',
      text: `Permissions: Restricted
Usage: Read                 usage and costs
Management: Read            optional: names of projects, API keys and users`,
    },
  ];
}
