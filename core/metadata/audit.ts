import type { OrgSlug } from '../org.ts';
import { ask, askAll, type Client, isoTime } from './client.ts';
import type { AuditEntry, AuditEvent, AuditLog, OrgMetadata } from './port.ts';

export function auditLog(client: Client): AuditLog {
  const table = () => client.from('audit_events');
  return {
    async attempt(entry) {
      await ask('The audit entry could not be written', table().insert({ ...entryRow(entry), outcome: 'attempted' }));
    },

    async complete(id, { outcome, status, code, target, org }) {
      await ask(
        'The outcome could not be written to the audit log',
        table()
          .update({
            outcome,
            status,
            code,
            ...(target !== undefined && { target }),
            ...(org !== undefined && { org_slug: org }),
          })
          .eq('id', id)
          .eq('outcome', 'attempted'),
      );
    },

    async record(entries) {
      if (entries.length === 0) return;
      const rows = entries.map((entry) => ({
        ...entryRow(entry),
        at: entry.at,
        outcome: entry.outcome,
        status: entry.status,
        code: entry.code,
      }));
      // The same entries again change nothing: after a failure nobody knows which of them are there.
      await ask(
        'The audit entries could not be written',
        table().upsert(rows, { onConflict: 'id', ignoreDuplicates: true }),
      );
    },
  };
}

export function ownAuditEvents(client: Client, org: OrgSlug): OrgMetadata['auditEvents'] {
  return async ({ limit, before }) => {
    const rows = await ask<EventRow[]>(
      'The audit log could not be read',
      client.rpc('list_audit_events', { slug: org, before: before ?? null, page_size: limit }),
    );
    return rows.map(event);
  };
}

/** The whole log of the organisation, oldest first. */
export async function allAuditEvents(client: Client, org: OrgSlug): Promise<AuditEvent[]> {
  const rows = await askAll<EventRow>('The audit log could not be read', 'id', () =>
    client.from('audit_events').select('*', { count: 'exact' }).eq('org_slug', org),
  );
  return rows.map(event).sort((a, b) => a.at.localeCompare(b.at));
}

interface EventRow {
  id: string;
  at: string;
  org_slug: OrgSlug | null;
  actor_kind: string;
  actor_id: string | null;
  action: string;
  target: string | null;
  outcome: AuditEvent['outcome'];
  status: number | null;
  code: string | null;
  request_id: string;
  address: string | null;
  user_agent: string | null;
}

function entryRow(entry: AuditEntry): Omit<EventRow, 'at' | 'outcome' | 'status' | 'code'> {
  return {
    id: entry.id,
    org_slug: entry.org,
    actor_kind: entry.actor.kind,
    actor_id: entry.actor.id,
    action: entry.action,
    target: entry.target,
    request_id: entry.requestId,
    address: entry.address,
    user_agent: entry.userAgent,
  };
}

function event(row: EventRow): AuditEvent {
  return {
    id: row.id,
    at: isoTime(row.at),
    org: row.org_slug,
    actor: { kind: row.actor_kind, id: row.actor_id },
    action: row.action,
    target: row.target,
    outcome: row.outcome,
    status: row.status,
    code: row.code,
    requestId: row.request_id,
    address: row.address,
    userAgent: row.user_agent,
  };
}
