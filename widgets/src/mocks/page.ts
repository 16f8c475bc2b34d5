import type { CloudActProvider } from '../components/provider/provider.js';
import { answers, type Handler, mockApi } from './api.js';

/** What a test sees of a page that embeds widgets. */
export interface EmbeddedPage {
  provider: CloudActProvider;
  /** The requests that reached the API, in order. */
  requests: Request[];
  remove: () => void;
}

/** A page with one provider around this markup, an API that answers so, and a token callback that works. */
export function embed(markup: string, handler: Handler = answers()): EmbeddedPage {
  const requests: Request[] = [];
  const restore = mockApi((request) => {
    requests.push(request);
    return handler(request);
  });
  document.body.innerHTML = `<cloudact-provider locale="en">${markup}</cloudact-provider>`;
  const provider = document.querySelector('cloudact-provider') as CloudActProvider;
  provider.fetchToken = async () => 'token';
  return {
    provider,
    requests,
    remove: () => {
      document.body.replaceChildren();
      restore();
    },
  };
}

/** Text of a widget as a reader meets it, without what only repeats white space. */
export const textOf = (widget: Element): string => widget.shadowRoot?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
