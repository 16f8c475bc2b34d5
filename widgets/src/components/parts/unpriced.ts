import { html, nothing, type TemplateResult } from 'lit';
import type { CostAnswer } from '../../api/types.js';
import type { Format } from '../../internal/format.js';
import {
  type AmountInput,
  describeUnpriced,
  exactQuantity,
  isAtLeast,
  isKnown,
  reasonText,
} from '../../internal/unpriced.js';
import type { Messages } from '../../locales/en.js';

/** The note next to a total, and behind it the usage that the total does not hold. Nothing where every price is known. */
export function renderUnpriced(answer: CostAnswer, messages: Messages, format: Format): unknown {
  if (!isAtLeast(answer)) return nothing;
  const note = [
    ...(answer.totals.length > 0 ? [messages.atLeast] : []),
    messages.unpricedNote(describeUnpriced(answer, messages, format)),
  ];
  return html`
    <details class="unpriced" part="unpriced" @keydown=${closeOnEscape}>
      <summary>${note.join(' · ')}</summary>
      <div class="unpriced-list" role="group" aria-label=${messages.unpricedList} tabindex="0">
        <p class="unpriced-title">${messages.unpricedList}</p>
        <ul>
          ${answer.unpriced.map(
            (usage) => html`<li>
              <b>${usage.model ?? usage.service ?? messages.noValue}</b>
              <data value=${usage.quantity}>${exactQuantity(usage, messages, format)}</data>
              <span>${[usage.model === null ? null : usage.service, usage.meter, reasonText(usage, messages)].filter(Boolean).join(' · ')}</span>
            </li>`,
          )}
        </ul>
      </div>
    </details>
  `;
}

/** An amount in a table: exact, "at least", or without any figure where all of its usage waits. */
export function renderAmount({ cost, currency, unpriced, messages, format }: AmountInput): TemplateResult {
  if (!isKnown(cost, unpriced)) return html`<span class="unknown">${messages.unpriced}</span>`;
  const amount = html`<data value=${cost}>${format.money(cost, currency)}</data>`;
  if (!unpriced) return amount;
  return html`<span class="visually-hidden">${messages.atLeast}</span><span aria-hidden="true">≥</span> ${amount}`;
}

function closeOnEscape(event: KeyboardEvent): void {
  const details = event.currentTarget as HTMLDetailsElement;
  if (event.key !== 'Escape' || !details.open) return;
  details.open = false;
  details.querySelector('summary')?.focus();
  event.stopPropagation();
}
