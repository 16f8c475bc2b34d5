import { connection } from 'next/server';
import { Suspense } from 'react';
import { Dashboard } from '../components/dashboard';
import { Header } from '../components/header';
import { Tiles, TilesFailed, TilesPending } from '../components/tiles';
import { viewer } from '../lib/caller';
import { overview } from '../lib/overview';
import { readView } from '../lib/view';

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  await connection();
  const who = await viewer();
  const currency = process.env.CLOUDACT_ORG_CURRENCY ?? '';
  return (
    <>
      <a className="skip" href="#costs">
        Skip to the costs
      </a>
      <Header viewer={who} current="/" />
      <main>
        <div className="title">
          <h1>Cost overview</h1>
          <p>Every figure ties to the provider’s bill, to the last decimal.</p>
        </div>
        <Suspense fallback={<TilesPending />}>
          <OverviewTiles currency={currency} />
        </Suspense>
        <Dashboard
          apiBase={process.env.CLOUDACT_PUBLIC_API_URL ?? ''}
          orgKey={who.caller.organisation ?? who.organisationName}
          currency={currency}
          view={readView(await searchParams)}
        />
      </main>
      <footer>
        <span>FOCUS 1.3 · amounts in the currency of the bill · days in UTC</span>
        <a className="end" href={`${process.env.CLOUDACT_PUBLIC_API_URL ?? ''}/reference`}>
          API reference
        </a>
      </footer>
    </>
  );
}

async function OverviewTiles({ currency }: { currency: string }) {
  try {
    return <Tiles overview={await overview(startOfDay(new Date()), currency)} />;
  } catch {
    return <TilesFailed />;
  }
}

const startOfDay = (now: Date) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
