import { css } from 'lit';

export default css`
  .card { block-size: var(--cloudact-cost-table-height, 420px); }
  .scroll { display: block; }
  table { inline-size: 100%; }
  th:first-child { inline-size: 40%; }
  tbody th, .dimension { max-inline-size: 0; text-align: start; }
  .name { display: block; overflow: hidden; text-overflow: ellipsis; }
  .several th:first-child { inline-size: 30%; }
  .several thead th:not(:first-child):has(~ th ~ th), .dimension { inline-size: 20%; text-align: start; }
  .several .share { inline-size: 22%; }
  .other > * { color: var(--_muted); }
  tbody th { font-weight: 500; }
  .other th { font-weight: 400; }

  .sort { display: inline-flex; align-items: center; gap: var(--_unit); min-block-size: 24px; margin: -2px -4px; padding: 2px 4px; font-weight: 500; background: none; border: 0; border-radius: 4px; }
  .sort:hover { color: var(--_text); }
  .arrow { inline-size: 8px; block-size: 8px; opacity: 0; background: currentColor; clip-path: polygon(50% 90%, 0 20%, 100% 20%); }
  .sort:hover .arrow { opacity: 0.4; }
  [aria-sort] .sort { color: var(--_text); }
  [aria-sort] .arrow { opacity: 1; }
  [aria-sort='ascending'] .arrow { clip-path: polygon(50% 10%, 0 80%, 100% 80%); }

  .share { inline-size: 34%; text-align: end; }
  .share-cell { display: flex; align-items: center; gap: calc(var(--_unit) * 2); }
  .track { flex: 1; block-size: 8px; min-inline-size: 24px; background: var(--_background); border-radius: 4px; overflow: hidden; }
  .bar { display: block; block-size: 100%; inline-size: calc(var(--bar) * 0.1%); min-inline-size: 2px; border-radius: 4px; background: var(--_chart-1); forced-color-adjust: none; }
  .bar.negative { background: var(--_success); }
  .other .bar { background: var(--_chart-other); }
  .percent { min-inline-size: 6ch; color: var(--_muted); }

  .lines { flex: 1; display: flex; flex-direction: column; gap: calc(var(--_unit) * 4.5); padding-block-start: calc(var(--_unit) * 4); overflow: hidden; }
  .lines .skeleton { flex: none; block-size: 18px; }
  .lines .skeleton:nth-child(3n) { inline-size: 82%; }
  .lines .skeleton:nth-child(3n + 1) { inline-size: 93%; }

  @container card (inline-size < 440px) {
    .share { inline-size: 5ch; }
    .track { display: none; }
    .share-cell { justify-content: end; }
    .percent { min-inline-size: 0; }
    th:not(:first-child), td:not(:last-child) { padding-inline: calc(var(--_unit) * 1.5); }
    td:last-child, thead th:last-child { padding-inline: var(--_unit) calc(var(--_unit) * 2.5); }
  }
`;
