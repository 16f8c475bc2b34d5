import { Forbidden } from '../../../components/forbidden';
import { ask } from '../../../lib/api';
import { viewer } from '../../../lib/caller';

interface AuditEvent {
  id: string;
  at: string;
  actor: { kind: string; id: string | null };
  action: string;
  target: string | null;
  outcome: 'attempted' | 'succeeded' | 'refused' | 'failed';
}

const PAGE = 50;

export default async function Activity({ searchParams }: { searchParams: Promise<{ before?: string }> }) {
  const { person } = await viewer();
  if (person!.role !== 'owner' && person!.role !== 'admin') return <Forbidden what="read the audit log" />;
  const { before } = await searchParams;
  const query = new URLSearchParams({ limit: String(PAGE), ...(before && { before }) });
  const { events } = (await ask<{ events: AuditEvent[] }>('GET', `/v1/audit-events?${query}`))!;
  return (
    <section className="card" aria-labelledby="activity">
      <h2 id="activity">Activity</h2>
      <p className="muted">Every change, and everything that was refused. Times are UTC.</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="scroll" aria-label="Events" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody>
            {events.map(({ id, at, actor, action, target, outcome }) => (
              <tr key={id}>
                <td>{at.slice(0, 19).replace('T', ' ')}</td>
                <td>
                  {actor.kind} {actor.id?.slice(0, 12)}
                </td>
                <td>
                  {action} {target}
                </td>
                <td>{outcome}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {events.length === 0 && <p className="muted">Nothing yet.</p>}
      {events.length === PAGE && <a href={`/settings/activity?before=${events.at(-1)!.id}`}>Older</a>}
    </section>
  );
}
