import type { OrgSlug } from '../org.ts';
import { allAuditEvents } from './audit.ts';
import { askAll, type Client, isoTime } from './client.ts';
import type { ExportedRecords, OrgMetadata } from './port.ts';

export function exportedRecords(client: Client, org: OrgSlug): OrgMetadata['exportRecords'] {
  const all = async (table: string) => {
    const rows = await askAll<Row>(`The ${table} could not be read`, 'id', () =>
      client.from(table).select('*', { count: 'exact' }).eq('org_slug', org),
    );
    return rows.map(record);
  };
  return async (): Promise<ExportedRecords> => {
    const [subscriptions, budgets, hierarchyNodes, auditEvents] = await Promise.all([
      all('subscriptions'),
      all('budgets'),
      all('hierarchy_nodes'),
      allAuditEvents(client, org),
    ]);
    return { subscriptions, budgets, hierarchyNodes, auditEvents };
  };
}

interface Row extends Record<string, unknown> {
  id: string;
  created_at: string;
  updated_at: string;
}

function record({ org_slug: _, ...row }: Row): Record<string, unknown> {
  return { ...row, created_at: isoTime(row.created_at), updated_at: isoTime(row.updated_at) };
}
