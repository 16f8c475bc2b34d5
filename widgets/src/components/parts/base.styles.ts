import { css } from 'lit';

/** Tokens with their fallbacks, the card, its header and its buttons: what every widget looks like. */
export default css`
  :host {
    --_surface: var(--cloudact-color-surface, light-dark(#ffffff, #141a23));
    --_background: var(--cloudact-color-background, light-dark(#f3f5f9, #1f2733));
    --_text: var(--cloudact-color-text, light-dark(#131c2b, #edf1f7));
    --_muted: var(--cloudact-color-text-muted, light-dark(#566479, #9ba9bd));
    --_border: var(--cloudact-color-border, light-dark(#e1e6ee, #2c3644));
    --_primary: var(--cloudact-color-primary, light-dark(#2b59d1, #8aadff));
    --_danger: var(--cloudact-color-danger, light-dark(#b4232f, #ff9098));
    --_success: var(--cloudact-color-success, light-dark(#0f7a52, #5ad1a2));
    --_chart-1: var(--cloudact-chart-1, light-dark(#3866dc, #6f97ff));
    --_chart-2: var(--cloudact-chart-2, light-dark(#0e9f8e, #2cc4b0));
    --_chart-3: var(--cloudact-chart-3, light-dark(#e0861a, #f5b04c));
    --_chart-4: var(--cloudact-chart-4, light-dark(#8a4fd3, #b98af2));
    --_chart-5: var(--cloudact-chart-5, light-dark(#dd4b76, #f583a2));
    --_chart-6: var(--cloudact-chart-6, light-dark(#3a9fd4, #6cc5f0));
    --_chart-7: var(--cloudact-chart-7, light-dark(#7f9120, #b6c957));
    --_chart-8: var(--cloudact-chart-8, light-dark(#a05a32, #d4956c));
    --_chart-other: var(--cloudact-chart-other, light-dark(#98a4b5, #66758a));
    --_unit: var(--cloudact-space-unit, 4px);
    --_radius: var(--cloudact-radius, 12px);

    display: block;
    color: var(--_text);
    font-family: var(--cloudact-font-family, inherit);
    font-size: var(--cloudact-font-size, 14px);
    line-height: 1.45;
    text-align: start;
  }
  :host([hidden]) { display: none; }
  *, *::before, *::after { box-sizing: border-box; }
  p, ul, figure { margin: 0; padding: 0; }
  ul { list-style: none; }

  .card {
    container: card / inline-size;
    position: relative;
    display: flex;
    flex-direction: column;
    gap: calc(var(--_unit) * 4);
    padding: var(--cloudact-card-padding, calc(var(--_unit) * 5));
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    overflow: clip;
  }
  .card[aria-busy='true']::before {
    content: '';
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    block-size: 2px;
    background: linear-gradient(90deg, transparent, var(--_primary), transparent) 0 / 40% 100% no-repeat;
    animation: busy 1.2s linear infinite;
  }
  @keyframes busy { from { background-position: -70% 0; } to { background-position: 170% 0; } }

  .header { display: grid; grid-template-columns: 1fr auto; column-gap: calc(var(--_unit) * 3); }
  .heading { min-inline-size: 0; color: var(--_muted); font-size: 0.93em; font-weight: 500; overflow-wrap: anywhere; }
  .total {
    font-size: clamp(1.45em, 7cqi, 2em);
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.02em;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  .currencies { grid-column: 1; }
  .total.none::first-letter { text-transform: uppercase; }
  .least { grid-column: 1; display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 calc(var(--_unit) * 3); min-inline-size: 0; }
  .unpriced { color: var(--_muted); font-size: 0.86em; min-inline-size: 0; }
  .unpriced summary { padding-block: 3px; border-radius: 4px; cursor: pointer; overflow-wrap: anywhere; }
  .unpriced summary::marker { font-size: 0.86em; }
  .unpriced summary:hover { color: var(--_text); }
  .unpriced-list {
    position: absolute;
    z-index: 3;
    inset-inline: var(--cloudact-card-padding, calc(var(--_unit) * 5));
    max-block-size: 240px;
    max-inline-size: 520px;
    overflow: auto;
    padding: calc(var(--_unit) * 2.5) calc(var(--_unit) * 3.5);
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.66);
    box-shadow: 0 8px 24px rgb(10 20 40 / 0.16);
  }
  .unpriced-title { font-weight: 600; color: var(--_text); }
  .unpriced-list li { display: flex; flex-wrap: wrap; justify-content: space-between; column-gap: calc(var(--_unit) * 3); padding-block: calc(var(--_unit) * 1.75); border-block-end: 1px solid var(--_border); }
  .unpriced-list li:last-child { border-block-end: 0; padding-block-end: 0; }
  .unpriced-list b { color: var(--_text); font-weight: 550; overflow-wrap: anywhere; }
  .unpriced-list data { color: var(--_text); font-variant-numeric: tabular-nums; }
  .unpriced-list span { flex-basis: 100%; }
  .card:has(.unpriced[open]) { overflow: visible; }

  .note { grid-column: 1 / -1; color: var(--_muted); font-size: 0.86em; min-block-size: 1.45em; }
  .note .outdated { color: var(--_danger); }
  .actions { grid-area: 1 / 2 / span 2; display: flex; gap: calc(var(--_unit) * 1.5); }

  button { font: inherit; color: inherit; cursor: pointer; }
  button:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--_primary); outline-offset: 2px; }
  .icon-button {
    display: grid;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    padding: 0;
    color: var(--_muted);
    background: transparent;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.66);
    transition: color 120ms, background-color 120ms, border-color 120ms;
  }
  .icon-button:hover { color: var(--_text); background: var(--_background); }
  .icon-button[aria-pressed='true'] { color: var(--_primary); border-color: currentColor; background: var(--_background); }
  svg { inline-size: 16px; block-size: 16px; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }

  .currencies { display: flex; flex-wrap: wrap; gap: calc(var(--_unit) * 1.5); margin-block: var(--_unit); padding: 0; border: 0; }
  .currency {
    padding: calc(var(--_unit) * 1) calc(var(--_unit) * 3);
    color: var(--_muted);
    background: transparent;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.66);
    font-variant-numeric: tabular-nums;
    text-align: start;
  }
  .currency small { display: block; font-size: 0.79em; letter-spacing: 0.04em; }
  .currency b { font-size: 1.14em; font-weight: 650; letter-spacing: -0.01em; }
  .currency:hover { background: var(--_background); }
  .currency[aria-pressed='true'] { color: var(--_text); border-color: var(--_primary); box-shadow: inset 0 0 0 1px var(--_primary); }

  .swatch { flex: none; inline-size: 10px; block-size: 10px; border-radius: 3px; background: var(--swatch); forced-color-adjust: none; }
  .visually-hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

  .status { flex: 1; display: grid; align-content: center; justify-items: center; gap: calc(var(--_unit) * 2); padding: calc(var(--_unit) * 4); text-align: center; }
  .status-icon { display: grid; place-items: center; inline-size: 44px; block-size: 44px; border-radius: 50%; color: var(--_muted); background: var(--_background); }
  .status-icon svg { inline-size: 22px; block-size: 22px; }
  .status.failed .status-icon { color: var(--_danger); }
  .status-title { font-weight: 600; }
  .status-text { max-inline-size: 44ch; text-wrap: balance; color: var(--_muted); font-size: 0.93em; overflow-wrap: anywhere; }
  .button {
    margin-block-start: var(--_unit);
    padding: calc(var(--_unit) * 1.75) calc(var(--_unit) * 4);
    font-weight: 550;
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.66);
  }
  .button:hover { background: var(--_background); }

  .scroll { flex: 1; min-block-size: 0; overflow: auto; margin-inline: calc(var(--_unit) * -2.5); }
  table { inline-size: 100%; border-collapse: separate; border-spacing: 0; font-size: 0.93em; font-variant-numeric: tabular-nums; }
  th, td { padding: calc(var(--_unit) * 2) calc(var(--_unit) * 2.5); text-align: end; white-space: nowrap; border-block-end: 1px solid var(--_border); }
  th:first-child { text-align: start; }
  thead th { position: sticky; inset-block-start: 0; z-index: 1; background: var(--_surface); color: var(--_muted); font-weight: 500; }
  tbody th { font-weight: 500; }
  tfoot th, tfoot td { position: sticky; inset-block-end: 0; background: var(--_surface); font-weight: 650; border-block-start: 1px solid var(--_border); border-block-end: 0; }
  tbody tr:last-child > * { border-block-end: 0; }
  tbody tr:hover > * { background: var(--_background); }
  .unknown { color: var(--_muted); }
  .credit { color: var(--_success); }

  .skeleton { background: var(--_background); border-radius: calc(var(--_radius) * 0.5); animation: breathe 1.6s ease-in-out infinite alternate; }
  .skeleton.line { display: inline-block; block-size: 0.8em; vertical-align: middle; }
  .skeleton.heading-line { inline-size: 11em; }
  .skeleton.total-line { inline-size: 5em; }
  .skeleton.note-line { inline-size: 16em; max-inline-size: 100%; }
  @keyframes breathe { to { opacity: 0.5; } }

  @container card (inline-size < 440px) {
    .total, .currencies, .least { grid-column: 1 / -1; }
    .actions { grid-row: 1; }
  }
  @media (prefers-reduced-motion: reduce) {
    *, *::before { animation-duration: 6s !important; transition: none !important; }
  }
  @media (forced-colors: active) {
    :host {
      --_surface: Canvas;
      --_background: Canvas;
      --_text: CanvasText;
      --_muted: CanvasText;
      --_border: CanvasText;
      --_primary: Highlight;
      --_danger: CanvasText;
      --_success: CanvasText;
    }
    .skeleton { border: 1px solid GrayText; }
  }
  @media print {
    .actions { display: none; }
    .scroll { overflow: visible; }
  }
`;
