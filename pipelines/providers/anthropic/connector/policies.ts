import type { PolicyText } from '../../connector.ts';

export function policies(): PolicyText[] {
  return [
    {
      title: 'The key: made by an admin of the organisation in the Claude Console, Settings, Admin keys',
      language: 'text',
      text: `Create an Admin API key of its own for this connection and give it a name that says so.
It is used to read usage, costs, and the names of the organisation, its workspaces and its API keys. Nothing is changed with it.`,
    },
  ];
}
