import { ContextProvider } from '@lit/context';
import { QueryClient } from '@tanstack/query-core';
import { css, html, isServer, LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { AuthErrorEvent } from '../../events.js';
import { ApiClient, isTransient } from '../../internal/api-client.js';
import { runtimeContext } from '../../internal/context.js';
import { type FetchToken, TokenSource } from '../../internal/token-source.js';

/**
 * @summary Gives the CloudAct widgets inside it one organisation's session, language and colour scheme.
 *
 * @tagname cloudact-provider
 * @slot - The part of the page that holds CloudAct widgets.
 * @event {AuthErrorEvent} cloudact-auth-error - The token callback failed or timed out, or the API refused two tokens in a row.
 */
export class CloudActProvider extends LitElement {
  static override styles = css`
    :host { display: contents; }
    :host([theme='light']) { color-scheme: light; }
    :host([theme='dark']) { color-scheme: dark; }
  `;

  /** Returns a short-lived token for one organisation, made by your own backend. Widgets wait until it is set. */
  @property({ attribute: false }) fetchToken?: FetchToken;

  /** Origin and base path of the CloudAct API; the page's own origin when empty. */
  @property({ attribute: 'api-base' }) apiBase = '';

  /** Names the organisation whose tokens `fetchToken` returns. Changing it drops the token and every answer. */
  @property({ attribute: 'org-key' }) orgKey = 'default';

  /** Language of texts, numbers and dates as a BCP 47 tag; the nearest `lang` when empty. */
  @property() locale = '';

  /** Currency (ISO 4217) that widgets show first where an organisation has several. Amounts are never converted. */
  @property() currency = '';

  /** Colour scheme of the widgets; `auto` follows the page's `color-scheme`. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';

  readonly #tokens = new TokenSource();
  readonly #api = new ApiClient(this.#tokens, (error) => this.dispatchEvent(new AuthErrorEvent(error)));
  readonly #context = new ContextProvider(this, { context: runtimeContext });
  readonly #queryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        gcTime: 600_000,
        // A laptop without a network may well have its API on localhost.
        networkMode: 'always',
        refetchOnReconnect: true,
        retry: (failures, error) => failures < 2 && isTransient(error),
        retryDelay: (failures) => 400 * 2 ** failures,
      },
    },
  });

  /** Drops the token and asks for everything again, for instance after the person signed in anew. */
  refresh(): void {
    this.#tokens.reset();
    void this.#queryClient.resetQueries();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#queryClient.mount();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#queryClient.unmount();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#tokens.fetchToken = this.fetchToken;
    this.#api.base = this.apiBase;
    if (this.hasUpdated && (changed.has('orgKey') || changed.has('apiBase'))) {
      this.#api.reset();
      this.#queryClient.clear();
    }
    // Frameworks pass a new function with every render: only its coming and going changes what widgets see.
    const ready = this.fetchToken !== undefined;
    const shared = ['orgKey', 'apiBase', 'locale', 'currency'] as const;
    if (ready === (this.#context.value !== undefined) && !shared.some((name) => changed.has(name))) return;
    this.#context.setValue(
      ready
        ? {
            queryClient: this.#queryClient,
            request: this.#api.request,
            orgKey: `${this.apiBase} ${this.orgKey}`,
            locale: this.locale || this.#pageLanguage(),
            currency: this.currency,
          }
        : undefined,
    );
  }

  protected override render(): unknown {
    return html`<slot></slot>`;
  }

  #pageLanguage(): string {
    return (!isServer && this.closest<HTMLElement>('[lang]')?.lang) || 'en';
  }
}
