import { html, nothing, type TemplateResult } from 'lit';
import type { CostAnswer, CostTotal } from '../../api/types.js';
import { coverage, headingOf } from '../../internal/describe.js';
import type { Format } from '../../internal/format.js';
import type { Freshness } from '../../internal/query-controller.js';
import { isAtLeast, isKnown } from '../../internal/unpriced.js';
import type { Messages } from '../../locales/en.js';
import { renderUnpriced } from './unpriced.js';

export interface HeaderInput {
  answer: CostAnswer;
  messages: Messages;
  format: Format;
  /** The host's own heading, or empty. */
  heading: string;
  /** The currency that is shown; undefined when there is no cost. */
  currency: string | undefined;
  state: Freshness;
  actions: unknown;
  onCurrency: (currency: string) => void;
}

/** Name, total, what it covers, and the buttons. With several currencies each total is the button that shows it. */
export function renderHeader(input: HeaderInput): TemplateResult {
  const { answer, messages, format, heading, state, actions } = input;
  return html`
    <header class="header" part="header">
      <p class="heading" part="heading">${heading || headingOf(answer, messages)}</p>
      ${
        isAtLeast(answer)
          ? html`<div class="least">${renderTotals(input)}${renderUnpriced(answer, messages, format)}</div>`
          : renderTotals(input)
      }
      ${actions === nothing ? nothing : html`<div class="actions">${actions}</div>`}
      <p class="note" part="coverage">
        ${coverage(answer, messages, format)}
        ${state.outdated && !state.refreshing ? html`<span class="outdated" role="status">· ${messages.outdated}</span>` : nothing}
      </p>
    </header>
  `;
}

/** The same lines while nothing is known, so that nothing moves when it is. */
export function renderHeaderSkeleton(): TemplateResult {
  return html`
    <div class="header" aria-hidden="true">
      <p class="heading"><span class="skeleton line heading-line"></span></p>
      <p class="total"><span class="skeleton line total-line"></span></p>
      <p class="note"><span class="skeleton line note-line"></span></p>
    </div>
  `;
}

function renderTotals({ answer, messages, format, currency, onCurrency }: HeaderInput): unknown {
  const { totals } = answer;
  const unpriced = isAtLeast(answer);
  // The note beside it says "at least" to the eye.
  const amount = (total: CostTotal) =>
    isKnown(total.cost, unpriced)
      ? html`${unpriced ? html`<span class="visually-hidden">${messages.atLeast} </span>` : nothing}<data value=${total.cost}>${format.money(total.cost, total.currency)}</data>`
      : messages.unpriced;
  const [total] = totals;
  if (!total) return unpriced ? html`<p class="total none" part="total">${messages.unpriced}</p>` : nothing;
  if (totals.length < 2) return html`<p class="total" part="total">${amount(total)}</p>`;
  return html`<div class="currencies" role="group" aria-label=${messages.currencies} part="currencies">
    ${totals.map(
      (total) => html`<button
        class="currency"
        type="button"
        aria-pressed=${total.currency === currency}
        @click=${() => onCurrency(total.currency)}
      >
        <small>${total.currency}</small> <b>${amount(total)}</b>
      </button>`,
    )}
  </div>`;
}
