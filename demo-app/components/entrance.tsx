import { connection } from 'next/server';
import type { ReactNode } from 'react';

/** The frame of every page that a person sees before being signed in. */
export function Entrance({
  title,
  intro,
  children,
  below,
}: {
  title: string;
  intro?: ReactNode;
  children?: ReactNode;
  below?: ReactNode;
}) {
  return (
    <main className="entrance">
      <a className="brand" href="/">
        {/* biome-ignore lint/performance/noImgElement: a 300-byte local SVG gains nothing from an image optimiser */}
        <img src="/icon.svg" alt="" width="28" height="28" />
        CloudAct
      </a>
      <section className="card">
        <h1>{title}</h1>
        {intro && <p className="muted">{intro}</p>}
        {children}
      </section>
      {below && <p className="muted">{below}</p>}
    </main>
  );
}

/** In local mode no mail leaves the machine; this is where it lies. */
export async function LocalMailbox() {
  await connection();
  const url = process.env.CLOUDACT_MAILBOX_URL;
  if (!url) return null;
  return (
    <p className="muted">
      On this machine mail goes to the <a href={url}>local mailbox</a>.
    </p>
  );
}
