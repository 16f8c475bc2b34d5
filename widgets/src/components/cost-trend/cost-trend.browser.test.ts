import { afterEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { PeriodSelectEvent } from '../../events.js';
import { answers, type Handler, never, refuses } from '../../mocks/api.js';
import { type EmbeddedPage, embed, textOf } from '../../mocks/page.js';
import { scenarios } from '../../mocks/scenarios.js';
import './cost-trend.js';
import '../../locales/de.js';

const MARKUP = '<cloudact-cost-trend from="2026-10-24" to="2026-11-23"></cloudact-cost-trend>';

interface DrawnSeries {
  data: { value: number | null }[];
  itemStyle: { color: string };
}

let page: EmbeddedPage;
const show = (handler?: Handler, markup = MARKUP) => {
  page = embed(markup, handler);
  return page.provider.querySelector('cloudact-cost-trend') as HTMLElementTagNameMap['cloudact-cost-trend'];
};
const drawn = (widget: HTMLElementTagNameMap['cloudact-cost-trend']) =>
  vi.waitFor(() => expect(widget.chart?.getOption()).toBeDefined(), { timeout: 5000 });
const part = (widget: Element, name: string) =>
  widget.shadowRoot?.querySelector<HTMLElement>(`[part='${name}']`) as HTMLElement;
const seriesOf = (widget: HTMLElementTagNameMap['cloudact-cost-trend']) =>
  widget.chart?.getOption().series as DrawnSeries[];
const firstColor = (widget: HTMLElementTagNameMap['cloudact-cost-trend']) => seriesOf(widget)[0]?.itemStyle.color;

afterEach(() => page.remove());

it('draws the answer, and says total, range and how far the data goes', async () => {
  const widget = show();
  await drawn(widget);
  expect(seriesOf(widget)).toHaveLength(9);
  expect(textOf(widget)).toContain('Effective cost by service');
  expect(textOf(widget)).toContain('Data through Nov 20 · month not complete');
  expect(widget.shadowRoot?.querySelector('figure')?.getAttribute('aria-label')).toMatch(
    /^Effective cost by service \$[\d,.]+, Oct 24/,
  );
  expect(new URL(page.requests[0]?.url ?? '').search).toBe(
    '?metric=EffectiveCost&granularity=day&from=2026-10-24&to=2026-11-23&group_by=ServiceName&top=8',
  );
});

it('shows the same figures as a table, exactly, and disposes the chart meanwhile', async () => {
  const widget = show();
  await drawn(widget);
  const chart = widget.chart;
  part(widget, 'toggle').click();
  await widget.updateComplete;
  expect(widget.asTable).toBe(true);
  expect(chart?.isDisposed()).toBe(true);
  expect(widget.shadowRoot?.querySelectorAll('tbody tr')).toHaveLength(30);
  const exact = widget.shadowRoot?.querySelector<HTMLDataElement>('tbody td data')?.value;
  expect(exact).toMatch(/^\d+\.\d{5,}$/);
  part(widget, 'toggle').click();
  await drawn(widget);
});

it('does not move anything when figures take the place of the skeleton, or a message does', async () => {
  const heights = new Set<number>();
  for (const handler of [never, answers(), answers(scenarios.empty), refuses(403, 'forbidden', 'Not allowed', 'No.')]) {
    const widget = show(handler);
    await vi.waitFor(() => expect(page.requests).toHaveLength(1));
    await widget.updateComplete;
    heights.add(widget.getBoundingClientRect().height);
    await vi.waitFor(() => expect(part(widget, 'card').getAttribute('aria-busy') === 'true').toBe(handler === never));
    heights.add(widget.getBoundingClientRect().height);
    page.remove();
  }
  expect([...heights]).toEqual([420]);
});

it('keeps the old figures and says it is busy while a new question is asked', async () => {
  let asked = 0;
  const widget = show((request) => (asked++ === 0 ? answers()(request) : never(request)));
  await drawn(widget);
  const total = part(widget, 'total').textContent;
  widget.groupBy = 'RegionName';
  await vi.waitFor(() => expect(page.requests).toHaveLength(2));
  await widget.updateComplete;
  expect(part(widget, 'total').textContent).toBe(total);
  expect(part(widget, 'card').getAttribute('aria-busy')).toBe('true');
});

it('keeps the old figures and says so when they cannot be refreshed', async () => {
  let asked = 0;
  const widget = show((request) =>
    asked++ === 0 ? answers()(request) : refuses(400, 'request_invalid', 'No', 'No')(request),
  );
  await drawn(widget);
  widget.refresh();
  await vi.waitFor(() => expect(textOf(widget)).toContain('Could not be refreshed'));
  expect(part(widget, 'total').textContent).toMatch(/\$33,/);
});

it('says what failed, tells the host, and loads after "Try again"', async () => {
  let asked = 0;
  const refuse = refuses(400, 'request_invalid', 'Request not valid', 'The dimension Colour is not known.');
  const widget = show((request) => (asked++ === 0 ? refuse(request) : answers()(request)));
  const failures: string[] = [];
  page.provider.addEventListener('cloudact-load-error', ({ error }) => failures.push(error.message));
  await vi.waitFor(() => expect(textOf(widget)).toContain('The dimension Colour is not known.'));
  expect(failures).toEqual(['The dimension Colour is not known.']);
  part(widget, 'retry').click();
  await drawn(widget);
});

it('switches series off and on with the legend, and the sum in the table stays', async () => {
  const widget = show();
  await drawn(widget);
  const button = widget.shadowRoot?.querySelector<HTMLButtonElement>('[part=legend] button') as HTMLButtonElement;
  button.click();
  await widget.updateComplete;
  expect(button.getAttribute('aria-pressed')).toBe('false');
  expect(seriesOf(widget)[0]?.data.every(({ value }) => value === null)).toBe(true);
  button.click();
  await widget.updateComplete;
  expect(seriesOf(widget)[0]?.data.some(({ value }) => value !== null)).toBe(true);
});

it('reads out period after period with the arrow keys, and Enter selects one', async () => {
  const widget = show();
  await drawn(widget);
  const selected: string[] = [];
  page.provider.addEventListener('cloudact-period-select', (event: PeriodSelectEvent) =>
    selected.push(`${event.periodStart}/${event.periodEnd}`),
  );
  const live = () => widget.shadowRoot?.querySelector('[aria-live]')?.textContent ?? '';
  widget.shadowRoot?.querySelector<HTMLElement>('.plot')?.focus();
  await userEvent.keyboard('{ArrowRight}');
  await vi.waitFor(() => expect(live()).toMatch(/^Sat, Oct 24, 2026: \$[\d.,]+, Amazon Elastic Compute Cloud \$/));
  await userEvent.keyboard('{ArrowRight}{Enter}');
  expect(selected).toEqual(['2026-10-25/2026-10-26']);
  await userEvent.keyboard('{End}');
  await vi.waitFor(() => expect(live()).toBe('Sun, Nov 22, 2026: Not loaded yet'));
  expect(textOf(widget)).toContain('Not loaded yet');
  await userEvent.keyboard('{Home}{ArrowLeft}');
  await vi.waitFor(() => expect(live()).toMatch(/^Sat, Oct 24/));
});

it('shows one currency at a time and never a sum of several', async () => {
  const widget = show(answers(scenarios.severalCurrencies));
  page.provider.currency = 'EUR';
  await drawn(widget);
  const buttons = () => [...part(widget, 'currencies').querySelectorAll('button')];
  expect(buttons().map((button) => button.getAttribute('aria-pressed'))).toEqual(['false', 'true', 'false']);
  buttons()[2]?.click();
  await widget.updateComplete;
  expect(widget.currency).toBe('JPY');
  expect(widget.shadowRoot?.querySelector('figure')?.getAttribute('aria-label')).toContain('¥');
});

it('waits without an error until there is a provider with a token callback', async () => {
  page = embed('');
  const widget = document.createElement('cloudact-cost-trend');
  document.body.append(widget);
  await widget.updateComplete;
  expect(textOf(widget)).toBe('Loading cost');
  expect(page.requests).toEqual([]);
  page.provider.append(widget);
  await drawn(widget);
});

it('makes no chart in a hidden tab, and makes it when the tab is shown', async () => {
  const widget = show(answers(), `<div hidden>${MARKUP}</div>`);
  await vi.waitFor(() => expect(part(widget, 'total')).toBeTruthy());
  await new Promise(requestAnimationFrame);
  expect(widget.chart).toBeUndefined();
  widget.parentElement?.removeAttribute('hidden');
  await drawn(widget);
  expect(widget.chart?.getWidth()).toBeGreaterThan(100);
});

it('disposes its chart when it is removed, and draws again where it is put back', async () => {
  const widget = show();
  await drawn(widget);
  const first = widget.chart;
  const parent = widget.parentElement as HTMLElement;
  widget.remove();
  expect(first?.isDisposed()).toBe(true);
  parent.append(widget);
  await drawn(widget);
  expect(widget.chart).not.toBe(first);
  expect(widget.shadowRoot?.querySelectorAll('canvas')).toHaveLength(1);
});

it('follows a token of the design that the host changes, with the same chart', async () => {
  const widget = show();
  await drawn(widget);
  const { chart } = widget;
  document.documentElement.style.setProperty('--cloudact-chart-1', 'oklch(0.7 0.15 150)');
  await vi.waitFor(() => expect(firstColor(widget)).toMatch(/^#[\da-f]{6}$/));
  await vi.waitFor(() => expect(firstColor(widget)).not.toBe('#3866dc'));
  expect(widget.chart).toBe(chart);
  document.documentElement.style.removeProperty('--cloudact-chart-1');
});

it('turns dark with the provider', async () => {
  const widget = show();
  await drawn(widget);
  page.provider.theme = 'dark';
  await vi.waitFor(() => {
    expect(getComputedStyle(part(widget, 'card')).backgroundColor).toBe('rgb(20, 26, 35)');
    expect(firstColor(widget)).toBe('#6f97ff');
  });
});

it('writes in the language of the page', async () => {
  const widget = show();
  page.provider.locale = 'de-DE';
  await drawn(widget);
  expect(textOf(widget)).toContain('Effektive Kosten nach Dienst');
  expect(part(widget, 'total').textContent?.trim()).toMatch(/^[\d.]+,\d\d\s\$$/);
});

it('says "at least" of a total, a period and a table in which usage is unpriced, and the chart keeps its place', async () => {
  const widget = show(answers(scenarios.unpriced));
  await drawn(widget);
  expect(textOf(widget).replaceAll('\u00A0', ' ')).toContain('at least · 1.23M tokens and 38 images unpriced');
  expect(widget.shadowRoot?.querySelector('figure')?.ariaLabel).toMatch(/^Effective cost by service at least \$/);
  widget.shadowRoot?.querySelector<HTMLElement>('.plot')?.focus();
  await userEvent.keyboard('{ArrowRight}');
  const live = () => widget.shadowRoot?.querySelector('[aria-live]')?.textContent ?? '';
  await vi.waitFor(() => expect(live()).toMatch(/^Sat, Oct 24, 2026: at least \$/));
  expect(widget.shadowRoot?.querySelector('.tip')?.textContent).toContain('Some usage is unpriced');

  const plot = () => widget.shadowRoot?.querySelector('.plot')?.getBoundingClientRect().height;
  const before = plot();
  part(widget, 'unpriced').querySelector('summary')?.click();
  await vi.waitFor(() => expect(textOf(widget)).toContain('no price known for this service tier'));
  expect(plot()).toBe(before);
  expect(widget.getBoundingClientRect().height).toBe(420);

  part(widget, 'toggle').click();
  await widget.updateComplete;
  const cells = (row: string) =>
    [...(widget.shadowRoot?.querySelectorAll(`${row} td`) ?? [])].map((cell) => cell.textContent?.includes('≥'));
  expect(cells('tfoot tr')).toEqual([false, false, false, true, false, false, false, false, true, true]);
});
