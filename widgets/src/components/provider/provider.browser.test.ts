import { afterEach, expect, it, vi } from 'vitest';
import { answers, type Handler, never, refuses } from '../../mocks/api.js';
import { type EmbeddedPage, embed, textOf } from '../../mocks/page.js';
import '../cost-table/cost-table.js';
import { CloudActCostTable } from '../cost-table/cost-table.element.js';

const TWO =
  '<cloudact-cost-table></cloudact-cost-table><cloudact-cost-table group-by="RegionName"></cloudact-cost-table>';
const refused = refuses(401, 'credential_invalid', 'Credential not valid', 'The token has expired.');

let page: EmbeddedPage;
const open = (markup: string, handler?: Handler) => {
  page = embed(markup, handler);
  return page.provider;
};
const tables = () => [...document.querySelectorAll('cloudact-cost-table')];
const loaded = (count = 1) =>
  vi.waitFor(() => expect(tables().filter((table) => table.shadowRoot?.querySelector('data'))).toHaveLength(count));

afterEach(() => page.remove());

it('asks for one token, however many widgets wait for it', async () => {
  const provider = open(TWO);
  const fetchToken = vi.fn(async () => 'token');
  provider.fetchToken = fetchToken;
  await loaded(2);
  expect(fetchToken).toHaveBeenCalledTimes(1);
  expect(page.requests).toHaveLength(2);
});

it('gets a new token once when the API refuses the old one, and nobody notices', async () => {
  const provider = open(TWO, (request) =>
    request.headers.get('authorization') === 'Bearer token 1' ? refused(request) : answers()(request),
  );
  const reasons: string[] = [];
  provider.fetchToken = async ({ reason }) => `token ${reasons.push(reason)}`;
  await loaded(2);
  expect(reasons).toEqual(['initial', 'rejected']);
});

it('says that the session has ended, tells the host once, and loads again after refresh()', async () => {
  const provider = open('<cloudact-cost-table></cloudact-cost-table>', (request) =>
    request.headers.get('authorization') === 'Bearer good' ? answers()(request) : refused(request),
  );
  const errors: Error[] = [];
  document.addEventListener('cloudact-auth-error', ({ error }) => errors.push(error), { once: false });
  provider.fetchToken = async () => 'bad';
  await vi.waitFor(() => expect(textOf(tables()[0] as Element)).toContain('Your session has ended'));
  expect(errors).toHaveLength(1);
  provider.fetchToken = async () => 'good';
  await provider.updateComplete;
  provider.refresh();
  await loaded();
});

it('does not start again because a framework passes a new function with every render', async () => {
  const provider = open('<cloudact-cost-table></cloudact-cost-table>');
  const calls: number[] = [];
  for (let render = 0; render < 5; render++) {
    provider.fetchToken = async () => `token ${calls.push(render)}`;
    await provider.updateComplete;
  }
  await loaded();
  expect(page.requests).toHaveLength(1);
});

it('forgets every figure and the token when the organisation changes', async () => {
  let asked = 0;
  const provider = open('<cloudact-cost-table></cloudact-cost-table>', (request) =>
    asked++ === 0 ? answers()(request) : never(request),
  );
  const reasons: string[] = [];
  provider.fetchToken = async ({ reason }) => `token ${reasons.push(reason)}`;
  await loaded();
  provider.orgKey = 'another';
  await vi.waitFor(() => expect(page.requests).toHaveLength(2));
  const [table] = tables();
  await table?.updateComplete;
  expect(table?.shadowRoot?.querySelector('data')).toBeNull();
  expect(textOf(table as Element)).toBe('Loading cost');
  expect(reasons).toEqual(['initial', 'initial']);
});

it('keeps two organisations on one page apart', async () => {
  const provider = open('<cloudact-cost-table></cloudact-cost-table>');
  const second = document.createElement('cloudact-provider');
  second.fetchToken = async () => 'token of the second';
  second.innerHTML = '<cloudact-cost-table></cloudact-cost-table>';
  document.body.append(second);
  provider.fetchToken = async () => 'token of the first';
  await loaded(2);
  expect(page.requests.map(({ headers }) => headers.get('authorization')).sort()).toEqual([
    'Bearer token of the first',
    'Bearer token of the second',
  ]);
});

it('stops asking for a widget that has been removed', async () => {
  const provider = open('<cloudact-cost-table></cloudact-cost-table>', never);
  provider.fetchToken = async () => 'token';
  await vi.waitFor(() => expect(page.requests).toHaveLength(1));
  tables()[0]?.remove();
  await vi.waitFor(() => expect(page.requests[0]?.signal.aborted).toBe(true));
});

it('registers nothing when only a class is imported, and lets a second copy of the package be', async () => {
  expect(customElements.get('cloudact-cost-table')).toBe(CloudActCostTable);
  const { define } = await import('../../internal/define.js');
  expect(() => define('cloudact-cost-table', class extends HTMLElement {})).not.toThrow();
  expect(customElements.get('cloudact-cost-table')).toBe(CloudActCostTable);
  await import('../cost-trend/cost-trend.element.js');
  expect(customElements.get('cloudact-cost-trend')).toBeUndefined();
});
