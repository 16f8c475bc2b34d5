import type {} from '../components/cost-table/cost-table.js';
import type {} from '../components/cost-trend/cost-trend.js';
import { answers, type Handler, never } from './api.js';

/** A story whose first request is answered and whose second is not: old figures, newer ones on their way. */
export function loadsThenRefreshes(tagName: 'cloudact-cost-trend' | 'cloudact-cost-table') {
  let asked = 0;
  const once: Handler = (request) => (asked++ === 0 ? answers()(request) : never(request));
  return {
    parameters: { api: once },
    beforeEach: () => {
      asked = 0;
    },
    play: async ({ canvasElement }: { canvasElement: HTMLElement }) => {
      const widget = canvasElement.querySelector(tagName);
      if (!widget) throw new Error(`The story shows no ${tagName}.`);
      while (!widget.shadowRoot?.querySelector('data')) await new Promise(requestAnimationFrame);
      widget.refresh();
    },
  };
}
