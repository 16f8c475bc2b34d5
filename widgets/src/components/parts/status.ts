import { html, nothing, type TemplateResult } from 'lit';
import type { CostAnswer } from '../../api/types.js';
import { ApiError, AuthError } from '../../internal/api-error.js';
import { isAtLeast } from '../../internal/unpriced.js';
import type { Messages } from '../../locales/en.js';
import { emptyIcon, lockIcon, warningIcon } from './icons.js';

/** Why there are no figures, and what to do about it. */
export function renderError(error: Error, messages: Messages, retry: () => void): TemplateResult {
  const forbidden = error instanceof ApiError && error.status === 403;
  const { title, text } = explain(error, messages);
  return html`
    <div class="status ${forbidden ? '' : 'failed'}" role="alert" part="status">
      <span class="status-icon">${forbidden ? lockIcon : warningIcon}</span>
      <p class="status-title">${title}</p>
      <p class="status-text">${text}</p>
      ${forbidden ? nothing : html`<button class="button" type="button" part="retry" @click=${retry}>${messages.retry}</button>`}
    </div>
  `;
}

/** No cost, not priced and not loaded are different things, and said differently. */
export function renderEmpty(answer: CostAnswer, messages: Messages): TemplateResult {
  const icon = html`<span class="status-icon">${emptyIcon}</span>`;
  // What the host says of "no cost" would not be true here.
  if (isAtLeast(answer)) {
    return html`<div class="status" part="status">${icon}<p class="status-text">${messages.nothingPriced}</p></div>`;
  }
  return html`
    <div class="status" part="status">
      <slot name="empty">
        ${icon}
        <p class="status-text">${answer.periods.length > 0 ? messages.empty : messages.nothingLoaded}</p>
      </slot>
    </div>
  `;
}

function explain(error: Error, messages: Messages): { title: string; text: string } {
  if (error instanceof AuthError) return { title: messages.signedOut, text: messages.signedOutHint };
  if (!(error instanceof ApiError)) return { title: messages.failed, text: messages.failedHint };
  // The API's details are in English and say what to do; our own words are in the reader's language.
  if (error.status === 403) return { title: messages.forbidden, text: messages.forbiddenHint };
  if (error.status < 500) return { title: messages.notValid, text: error.message };
  return { title: messages.failed, text: messages.failedHint };
}
