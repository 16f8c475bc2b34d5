import type {} from '../components/cost-table/cost-table.js';
import type {} from '../components/cost-trend/cost-trend.js';
import { answers, type Handler, never } from './api.js';

type Widget = 'cloudact-cost-trend' | 'cloudact-cost-table';

/** A story whose first request is answered and whose second is not: old figures, newer ones on their way. */
export function loadsThenRefreshes(tagName: Widget) {
  let asked = 0;
  const once: Handler = (request) => (asked++ === 0 ? answers()(request) : never(request));
  return {
    parameters: { api: once },
    beforeEach: () => {
      asked = 0;
    },
    play: async ({ canvasElement }: { canvasElement: HTMLElement }) => (await loaded(canvasElement, tagName)).refresh(),
  };
}

/** Opens the list of what waits for its price, as a reader does. */
export function opensUnpriced(tagName: Widget) {
  return async ({ canvasElement }: { canvasElement: HTMLElement }): Promise<void> => {
    const widget = await loaded(canvasElement, tagName);
    widget.shadowRoot?.querySelector<HTMLElement>('[part=unpriced] summary')?.click();
  };
}

async function loaded<Tag extends Widget>(page: HTMLElement, tagName: Tag): Promise<HTMLElementTagNameMap[Tag]> {
  const widget = page.querySelector(tagName);
  if (!widget) throw new Error(`The story shows no ${tagName}.`);
  while (!widget.shadowRoot?.querySelector('data')) await new Promise(requestAnimationFrame);
  return widget;
}
