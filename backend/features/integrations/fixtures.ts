import type { ConnectorDescription } from '../../pipeline-service/port.ts';

/** A connector with one field of every kind that the rules tell apart. */
export const blob: ConnectorDescription = {
  id: 'blob',
  title: 'Blob storage',
  fields: [
    {
      name: 'account',
      label: 'Account',
      help: 'In the portal.',
      kind: 'text',
      required: true,
      pattern: '[a-z]{3,}',
      expected: 'three letters or more',
    },
    { name: 'address', label: 'Address', help: 'Of your server.', kind: 'text', required: false, decidesHost: true },
    { name: 'secret', label: 'Secret', help: 'In the portal.', kind: 'secret', required: true, pattern: 'secret-.+' },
    { name: 'phrase', label: 'Passphrase', help: 'Yours.', kind: 'secret', required: false },
    { name: 'external', label: 'External ID', help: 'Ours.', kind: 'text', required: true, generated: true },
  ],
};
