import { type ChartTheme, seriesColor } from '../../charts/theme.js';
import type { Format } from '../../internal/format.js';
import { amountText } from '../../internal/unpriced.js';
import type { Messages } from '../../locales/en.js';
import { periodTotal, sharesOf, type TrendModel } from './cost-trend.model.js';

/** What the chart shows now, and how it is written. */
export interface TrendView {
  trend: TrendModel;
  theme: ChartTheme;
  format: Format;
  messages: Messages;
  hidden: ReadonlySet<string>;
}

/** The card beside the pointer: one period, its largest series and their sum. */
export function renderTip({ trend, theme, format, messages, hidden }: TrendView, index: number): HTMLElement {
  const { currency, granularity, periods, series } = trend;
  const period = periods[index];
  const card = element('div', 'tip');
  if (!period) return card;
  card.append(element('p', 'tip-heading', format.period(period, granularity)));
  if (period.state === 'unknown') {
    card.append(element('p', 'tip-note', messages.notLoaded));
    return card;
  }

  const visible = series.filter(({ key }) => !hidden.has(key));
  const shares = sharesOf(visible, index);
  for (const { series: one, cost } of shares.slice(0, MOST_ROWS)) {
    const swatch = element('i', 'swatch');
    swatch.style.setProperty('--swatch', one.other ? theme.other : seriesColor(theme, series.indexOf(one)));
    const row = element('p', 'tip-row');
    row.append(swatch, element('span', 'tip-name', one.name), element('b', '', format.money(cost, currency)));
    card.append(row);
  }
  if (shares.length > MOST_ROWS) card.append(element('p', 'tip-note', messages.more(shares.length - MOST_ROWS)));

  const sum = element('p', 'tip-row tip-total');
  const label = visible.length < series.length ? messages.totalShown : messages.total;
  sum.append(
    element('span', 'tip-name', label),
    element(
      'b',
      '',
      amountText({ cost: periodTotal(visible, index) ?? '0', currency, unpriced: period.unpriced, messages, format }),
    ),
  );
  card.append(sum);
  if (period.unpriced) card.append(element('p', 'tip-note', messages.unpricedPeriod));
  if (period.state === 'partial') card.append(element('p', 'tip-note', messages.periodNotComplete));
  return card;
}

/** The same in one sentence, for the live region. */
export function describePeriod({ trend, format, messages, hidden }: TrendView, index: number): string {
  const period = trend.periods[index];
  if (!period) return '';
  const visible = trend.series.filter(({ key }) => !hidden.has(key));
  const known = periodTotal(visible, index) ?? (period.unpriced ? '0' : undefined);
  const total = period.state === 'unknown' ? undefined : known;
  const name = format.period(period, trend.granularity);
  if (total === undefined) return `${name}: ${messages.notLoaded}`;
  const largest = sharesOf(visible, index)
    .slice(0, 3)
    .map(({ series, cost }) => `${series.name} ${format.money(cost, trend.currency)}`);
  const amount = amountText({ cost: total, currency: trend.currency, unpriced: period.unpriced, messages, format });
  return [`${name}: ${amount}`, ...largest].join(', ');
}

const MOST_ROWS = 10;

function element(tag: string, className: string, text = ''): HTMLElement {
  const created = document.createElement(tag);
  created.className = className;
  created.textContent = text;
  return created;
}
