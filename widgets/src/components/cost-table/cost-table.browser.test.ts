import { afterEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { answerTo } from '../../mocks/answers.js';
import { answers, type Handler } from '../../mocks/api.js';
import { type EmbeddedPage, embed, textOf } from '../../mocks/page.js';
import { scenarios } from '../../mocks/scenarios.js';
import './cost-table.js';

const MARKUP = '<cloudact-cost-table from="2026-10-24" to="2026-11-23" top="5"></cloudact-cost-table>';

let page: EmbeddedPage;
const show = (handler?: Handler, markup = MARKUP) => {
  page = embed(markup, handler);
  return page.provider.querySelector('cloudact-cost-table') as HTMLElementTagNameMap['cloudact-cost-table'];
};
const rows = (widget: Element) => [...(widget.shadowRoot?.querySelectorAll('tbody tr') ?? [])];
const loaded = (widget: Element) => vi.waitFor(() => expect(rows(widget).length).toBeGreaterThan(0));
const namesOf = (widget: Element) => rows(widget).map((row) => row.querySelector('th')?.textContent?.trim());

afterEach(() => {
  vi.restoreAllMocks();
  page.remove();
});

it('lists groups with exact cost and share, the rest last, and the total of the API', async () => {
  const widget = show();
  await loaded(widget);
  const { groups, totals } = answerTo(new URL(page.requests[0]?.url ?? ''));
  const exact = [...(widget.shadowRoot?.querySelectorAll<HTMLDataElement>('tbody data') ?? [])].map(
    ({ value }) => value,
  );
  expect(exact).toEqual(groups.map(({ cost }) => cost));
  expect(widget.shadowRoot?.querySelector<HTMLDataElement>('tfoot data')?.value).toBe(totals[0]?.cost);
  expect(namesOf(widget).at(-1)).toBe('Other');
  expect(page.requests[0]?.url).toContain('granularity=total');
});

it('sorts with the buttons in its header, and tells assistive technology', async () => {
  const widget = show();
  await loaded(widget);
  const before = namesOf(widget);
  const [service, cost] = [...(widget.shadowRoot?.querySelectorAll('thead th') ?? [])];
  expect(cost?.getAttribute('aria-sort')).toBe('descending');
  cost?.querySelector('button')?.click();
  await widget.updateComplete;
  expect(cost?.getAttribute('aria-sort')).toBe('ascending');
  expect(namesOf(widget)).toEqual([...before.slice(0, -1).reverse(), 'Other']);
  service?.querySelector('button')?.click();
  await widget.updateComplete;
  expect(service?.getAttribute('aria-sort')).toBe('ascending');
  expect(cost?.hasAttribute('aria-sort')).toBe(false);
  expect(namesOf(widget)).toEqual([...before.slice(0, -1).sort(), 'Other']);
});

it('saves the exact figures as a file that names what it holds', async () => {
  const widget = show();
  await loaded(widget);
  let blob: Blob | undefined;
  let name = '';
  vi.spyOn(URL, 'createObjectURL').mockImplementation((object) => {
    blob = object as Blob;
    return 'blob:test';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    name = this.download;
  });
  widget.shadowRoot?.querySelector<HTMLButtonElement>('[part=download]')?.click();
  expect(name).toBe('EffectiveCost_ServiceName_2026-10-24_2026-11-23.csv');
  const { groups } = answerTo(new URL(page.requests[0]?.url ?? ''));
  expect(await blob?.text()).toContain(`Amazon Elastic Compute Cloud,false,USD,${groups[0]?.cost}`);
});

it('shows a column per dimension, and one cell across them for the rest', async () => {
  const widget = show(answers(), MARKUP.replace('top=', 'group-by="ServiceName, tag:team" top='));
  await loaded(widget);
  expect(textOf(widget)).toContain('Effective cost by service and tag team');
  expect([...(widget.shadowRoot?.querySelectorAll('thead th') ?? [])].map((th) => th.textContent?.trim())).toEqual([
    'Service',
    'Tag team',
    'Cost',
    'Share',
  ]);
  expect(rows(widget).at(-1)?.querySelector('th')?.getAttribute('colspan')).toBe('2');
});

it('says the difference between no cost and nothing loaded', async () => {
  const empty = show(answers(scenarios.empty));
  await vi.waitFor(() => expect(textOf(empty)).toContain('No cost in this period'));
  page.remove();
  const missing = show(answers(scenarios.nothingLoaded));
  await vi.waitFor(() => expect(textOf(missing)).toContain('has been loaded for this period yet'));
});

it('shows what the host has to say when there is no cost', async () => {
  const widget = show(
    answers(scenarios.empty),
    '<cloudact-cost-table><p slot="empty">Connect a cloud</p></cloudact-cost-table>',
  );
  await vi.waitFor(() =>
    expect(widget.shadowRoot?.querySelector('slot')?.assignedElements()[0]?.textContent).toBe('Connect a cloud'),
  );
});

it('works where the host has loaded no chart code', async () => {
  const widget = show();
  await loaded(widget);
  const loadedModules = performance.getEntriesByType('resource').map(({ name }) => name);
  expect(loadedModules.filter((name) => /echarts|zrender/.test(name))).toEqual([]);
});

it('says "at least" next to the total, and lists what is unpriced to the eye, the keyboard and a screen reader', async () => {
  const widget = show(answers(scenarios.unpriced));
  await loaded(widget);
  const inside = (selector: string) => widget.shadowRoot?.querySelector<HTMLElement>(selector) as HTMLElement;
  const summary = inside('[part=unpriced] summary');
  expect(summary.textContent?.replaceAll('\u00A0', ' ')).toBe('at least · 1.23M tokens and 38 images unpriced');
  expect(inside('[part=total]').textContent).toMatch(/^at least \$33,/);
  expect(inside('.scroll').ariaLabel).toMatch(/^Effective cost by service at least \$33,/);
  expect(inside('tfoot td').textContent?.trim()).toMatch(/^at least\s*≥ \$33,/);
  expect(inside('thead th:last-child').textContent?.replace(/\s+/g, ' ').trim()).toBe('Share of what is priced');

  const list = inside('.unpriced-list');
  expect(list.checkVisibility()).toBe(false);
  summary.focus();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(list.checkVisibility()).toBe(true));
  const items = [...list.querySelectorAll('li')].map((item) => item.textContent?.replace(/\s+/g, ' ').trim());
  expect(items).toHaveLength(4);
  expect(items[0]).toBe(
    'gpt-5.9-codex-preview 974,448 tokens OpenAI API · Input Tokens · no price known for this model',
  );
  expect(items[3]).toBe('Midjourney 38 images Images · no price known for what was metered');
  expect(list.querySelector('data')?.value).toBe('974448');
  await userEvent.keyboard('{Tab}{Escape}');
  expect(list.checkVisibility()).toBe(false);
  expect(widget.shadowRoot?.activeElement).toBe(summary);
});

it('has a row without an amount for what has no price at all, and says so where nothing has one', async () => {
  const widget = show(answers(scenarios.unpriced), MARKUP.replace('top="5"', 'top="25"'));
  await loaded(widget);
  expect(rows(widget).at(-1)?.textContent?.replace(/\s+/g, ' ').trim()).toBe('Midjourney unpriced –');
  expect(rows(widget)[3]?.textContent).toMatch(/OpenAI API.*at least.*≥/s);
  page.remove();

  const nothing = show(
    answers(scenarios.nothingPriced),
    '<cloudact-cost-table><p slot="empty">No cost, well done</p></cloudact-cost-table>',
  );
  await vi.waitFor(() => expect(textOf(nothing)).toContain('none of it has a known price yet'));
  expect(nothing.shadowRoot?.querySelector('[part=total]')?.textContent).toBe('unpriced');
  expect(nothing.shadowRoot?.querySelector('slot')).toBeNull();
  expect(textOf(nothing)).not.toMatch(/\$0|at least/);
});

it('says nothing of prices where all are known', async () => {
  const widget = show();
  await loaded(widget);
  expect(textOf(widget)).not.toMatch(/at least|unpriced|≥/);
});
