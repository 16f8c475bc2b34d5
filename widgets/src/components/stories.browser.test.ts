import axe from 'axe-core';
import { html, render } from 'lit';
import { afterEach, expect, it, vi } from 'vitest';
import { answers, type Handler, mockApi, never } from '../mocks/api.js';
import * as table from './cost-table/cost-table.stories.js';
import * as trend from './cost-trend/cost-trend.stories.js';

interface AnyStory {
  args?: Record<string, unknown>;
  parameters?: { api?: Handler; scheme?: 'dark'; direction?: 'rtl'; inlineSize?: string };
  globals?: { locale?: string };
  play?: (context: { canvasElement: HTMLElement }) => Promise<void>;
}

const storiesOf = ({ default: meta, ...stories }: typeof table | typeof trend) =>
  Object.entries(stories).map(([name, story]) => ({ name: `${meta.title}: ${name}`, meta, story: story as AnyStory }));

const page = document.body;
let restore: () => void;

afterEach(() => {
  render(html``, page);
  restore();
});

it.each([...storiesOf(trend), ...storiesOf(table)])(
  '$name is shown without a fault that axe can find',
  async ({ meta, story }) => {
    const { parameters: { api = answers(), scheme = 'light', direction = 'ltr', inlineSize = '760px' } = {} } = story;
    restore = mockApi(api);
    page.dir = direction;
    page.style.setProperty('inline-size', inlineSize);
    page.style.setProperty('background-color', scheme === 'dark' ? '#0b0f15' : '#f6f7fa');
    const view = meta.render?.({ ...meta.args, ...story.args }, {} as never);
    render(
      html`<cloudact-provider theme=${scheme} locale=${story.globals?.locale ?? 'en'} .fetchToken=${async () => 'token'}>${view}</cloudact-provider>`,
      page,
    );
    await story.play?.({ canvasElement: page });
    const widget = page.querySelector('cloudact-cost-trend, cloudact-cost-table') as HTMLElement;
    const settled = () =>
      expect(widget.shadowRoot?.querySelector(api === never ? '.skeleton' : 'data, .status')).toBeTruthy();
    await vi.waitFor(settled, { timeout: 5000 });

    const { violations } = await axe.run(widget);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
    expect(widget.scrollWidth).toBeLessThanOrEqual(widget.clientWidth);
  },
);
