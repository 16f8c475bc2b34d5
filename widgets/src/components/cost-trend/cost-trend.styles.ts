import { css } from 'lit';

export default css`
  .card { block-size: var(--cloudact-cost-trend-height, 420px); }
  figure { flex: 1; min-block-size: 0; display: flex; flex-direction: column; }
  .plot { position: relative; flex: 1; min-block-size: 0; border-radius: calc(var(--_radius) * 0.5); }
  .chart { position: absolute; inset: 0; }

  .legend { display: flex; flex-wrap: wrap; gap: var(--_unit) calc(var(--_unit) * 1.5); max-block-size: 84px; overflow: auto; margin: -3px calc(var(--_unit) * -1.75); padding: 3px; }
  .legend button {
    display: flex;
    align-items: center;
    gap: calc(var(--_unit) * 1.5);
    max-inline-size: 100%;
    min-block-size: 24px;
    padding: 1px calc(var(--_unit) * 1.75);
    font-size: 0.86em;
    background: transparent;
    border: 0;
    border-radius: calc(var(--_radius) * 0.5);
  }
  .legend li { max-inline-size: 100%; }
  .legend button:hover { background: var(--_background); }
  .legend button[aria-pressed='false'] { color: var(--_muted); text-decoration: line-through; }
  .legend button[aria-pressed='false'] .swatch { background: transparent; box-shadow: inset 0 0 0 2px var(--_border); }
  .legend span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }

  tbody th, thead th:first-child { position: sticky; inset-inline-start: 0; background: var(--_surface); text-align: start; }
  thead th:first-child { z-index: 2; }
  tfoot th:first-child { inset-inline-start: 0; z-index: 1; }
  thead th { max-inline-size: 16ch; overflow: hidden; text-overflow: ellipsis; }

  .tip {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
    min-inline-size: 180px;
    max-inline-size: 300px;
    padding: calc(var(--_unit) * 2.5) calc(var(--_unit) * 3);
    color: var(--_text);
    font-size: 12px;
    line-height: 1.45;
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.66);
    box-shadow: 0 8px 24px rgb(10 20 40 / 0.16);
  }
  .tip p { white-space: nowrap; text-align: start; }
  .tip-heading { font-weight: 600; margin-block-end: 3px; }
  .tip-row { display: flex; align-items: center; gap: 7px; }
  .tip-name { flex: 1; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; }
  .tip-row b { padding-inline-start: 12px; font-weight: 550; font-variant-numeric: tabular-nums; }
  .tip-total { margin-block-start: 3px; padding-block-start: 5px; border-block-start: 1px solid var(--_border); }
  .tip-total b { font-weight: 650; }
  .tip-note { color: var(--_muted); }

  /* Its colours are the tokens: the end of their transition says that a token changed, whoever changed it. */
  .theme-probe {
    position: absolute;
    visibility: hidden;
    color: var(--_surface);
    background-color: var(--_text);
    border-block-start-color: var(--_border);
    outline-color: var(--_chart-1);
    transition: color 1ms, background-color 1ms, border-color 1ms, outline-color 1ms !important;
  }

  .bars { flex: 1; display: flex; align-items: end; gap: 3%; min-block-size: 0; padding-block-end: 26px; }
  .bars .skeleton { flex: 1; block-size: 55%; border-radius: 4px; }
  .bars .skeleton:nth-child(3n) { block-size: 72%; }
  .bars .skeleton:nth-child(4n + 1) { block-size: 44%; }
  .bars .skeleton:nth-child(5n) { block-size: 86%; }

  @container card (inline-size < 440px) {
    .legend { flex-wrap: nowrap; scrollbar-width: thin; }
    .legend li { flex: none; max-inline-size: 75%; }
  }
`;
