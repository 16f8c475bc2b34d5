import { CloudActError } from '../errors.ts';
import type { OrgSlug } from '../org.ts';
import { ask, askAll, type Client, isoTime, isoTimeOrNull } from './client.ts';
import { requireName } from './organisations.ts';
import type { Integration, IntegrationRecords } from './port.ts';

export function integrationRecords(client: Client, org: OrgSlug): IntegrationRecords {
  const table = () => client.from('integrations');

  async function find(id: string): Promise<Integration | undefined> {
    const row = await ask<IntegrationRow | null>(
      'The integration could not be read',
      table().select(COLUMNS).eq('org_slug', org).eq('id', id).maybeSingle(),
    );
    return row === null ? undefined : integration(row);
  }

  return {
    async list() {
      const rows = await askAll<IntegrationRow>('The integrations could not be read', 'id', () =>
        table().select(COLUMNS, { count: 'exact' }).eq('org_slug', org),
      );
      return rows.map(integration).sort((a, b) => a.createdAt.localeCompare(b.createdAt));
    },

    find,

    async count() {
      const answer = await table().select('id', { count: 'exact' }).eq('org_slug', org).limit(1);
      await ask('The integrations could not be counted', Promise.resolve(answer));
      return answer.count ?? 0;
    },

    async create({ id, connector, name, settings, most = null }) {
      requireName(name);
      const row = await ask<IntegrationRow>(
        'The integration could not be created',
        client.rpc('create_integration', { slug: org, id, connector, name, settings, most }).single(),
      );
      return integration(row);
    },

    async update(id, { name, settings, state, problem, checkedAt }, { version }) {
      if (name !== undefined) requireName(name);
      const changes = {
        ...(name !== undefined && { name }),
        ...(settings !== undefined && { settings }),
        ...(state !== undefined && { state }),
        ...(problem !== undefined && { problem }),
        ...(checkedAt !== undefined && { checked_at: checkedAt }),
        version: version + 1,
        updated_at: new Date().toISOString(),
      };
      const asItWasRead = table().update(changes).eq('org_slug', org).eq('id', id).eq('version', version);
      const row = await ask<IntegrationRow | null>(
        'The integration could not be changed',
        asItWasRead.select(COLUMNS).maybeSingle(),
      );
      if (row !== null) return integration(row);
      if ((await find(id)) === undefined) {
        throw new CloudActError('not_found', { detail: 'There is no such integration.' });
      }
      throw new CloudActError('conflict', {
        detail: 'Somebody else changed the integration at the same time. Read it again, and try again.',
      });
    },

    async remove(id) {
      await ask('The integration could not be deleted', table().delete().eq('org_slug', org).eq('id', id));
    },
  };
}

const COLUMNS = 'id,connector,name,settings,state,problem,checked_at,created_at,updated_at,version';

interface IntegrationRow {
  id: string;
  connector: string;
  name: string;
  settings: Integration['settings'];
  state: Integration['state'];
  problem: string | null;
  checked_at: string | null;
  created_at: string;
  updated_at: string;
  version: number;
}

function integration(row: IntegrationRow): Integration {
  return {
    id: row.id,
    connector: row.connector,
    name: row.name,
    settings: row.settings,
    state: row.state,
    problem: row.problem,
    checkedAt: isoTimeOrNull(row.checked_at),
    createdAt: isoTime(row.created_at),
    updatedAt: isoTime(row.updated_at),
    version: row.version,
  };
}
