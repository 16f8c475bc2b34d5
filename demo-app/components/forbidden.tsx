export function Forbidden({ what }: { what: string }) {
  return (
    <section className="card">
      <h2>Not with your role</h2>
      <p className="muted">An owner or admin of the organisation may {what}. Ask one of them.</p>
    </section>
  );
}
