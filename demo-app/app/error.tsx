'use client';

/** What a person sees when a page could not be made. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="entrance">
      <section className="card" role="alert">
        <h1>This page could not be shown</h1>
        <p className="muted">
          The API may not answer at the moment. Nothing was changed.
          {error.digest && ` The operator finds it in the log as ${error.digest}.`}
        </p>
        <div className="form">
          <button type="button" className="primary" onClick={reset}>
            Try again
          </button>
        </div>
      </section>
    </main>
  );
}
