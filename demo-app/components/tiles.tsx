import type { ReactNode } from 'react';
import type { CurrencyTotal } from '../lib/api';
import type { Overview } from '../lib/overview';

export function Tiles({ overview: { monthToDate, change, lastBill, savings, topService } }: { overview: Overview }) {
  return (
    <section className="tiles" aria-label="At a glance">
      <Tile label={`${monthToDate.label} to date`} note={change.map(changeText).join(', ') || undefined}>
        <Amounts {...monthToDate} />
      </Tile>
      <Tile
        label={`Bill of ${lastBill.label}`}
        note={
          lastBill.final ? 'Billed cost, as on the invoice' : 'Billed cost so far; the provider may still change it'
        }
      >
        <Amounts {...lastBill} />
      </Tile>
      <Tile label="Below list price" note="Commitments, discounts and credits this month">
        {savings.map(({ percent }) => (percent === null ? '–' : share(percent))).join(', ') || '–'}
      </Tile>
      <Tile
        label="Largest service"
        note={topService?.share == null ? undefined : `${share(topService.share)} of this month’s cost`}
      >
        <span className="name">{topService?.name ?? '–'}</span>
      </Tile>
    </section>
  );
}

export function TilesPending() {
  return (
    <section className="tiles" aria-label="At a glance" aria-busy="true">
      {['a', 'b', 'c', 'd'].map((key) => (
        <div key={key} className="tile pending" />
      ))}
    </section>
  );
}

export function TilesFailed() {
  return (
    <p className="notice" role="alert">
      The figures of this month could not be read from the API. Reload the page to try again.
    </p>
  );
}

function Tile({ label, note, children }: { label: string; note?: string | undefined; children: ReactNode }) {
  return (
    <div className="tile">
      <h2>{label}</h2>
      <p className="figure">{children}</p>
      {note && <p className="note">{note}</p>}
    </div>
  );
}

function Amounts({ totals, atLeast }: { totals: CurrencyTotal[]; atLeast: boolean }) {
  if (totals.length === 0) return atLeast ? 'Unpriced' : '–';
  const amounts = totals.map(({ currency, cost }) => (
    <span key={currency} title={`${cost} ${currency}`}>
      {/* Intl formats decimal text exactly; a number would round first. */}
      {new Intl.NumberFormat('en', { style: 'currency', currency }).format(cost as `${number}`)}
    </span>
  ));
  return atLeast ? [<small key="least">at least</small>, ...amounts] : amounts;
}

const share = (value: number) =>
  new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 }).format(value);

function changeText({ percent }: { percent: number | null }): string {
  if (percent === null) return 'Nothing to compare with yet';
  const text = share(Math.abs(percent));
  return `${percent >= 0 ? '▲' : '▼'} ${text} ${percent >= 0 ? 'above' : 'below'} the same days last month`;
}
