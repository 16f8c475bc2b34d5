import type { PolicyText } from '../../connector.ts';

export function policies(): PolicyText[] {
  return [
    {
      title: 'What the key needs',
      language: 'text',
      text: 'A management key of the team (xAI Console, Settings, Management Keys) with Billing: Read, and no other right.',
    },
  ];
}
