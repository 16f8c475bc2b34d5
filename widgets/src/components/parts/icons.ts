import { svg, type TemplateResult } from 'lit';

const icon = (paths: TemplateResult): TemplateResult => svg`<svg viewBox="0 0 20 20" aria-hidden="true">${paths}</svg>`;

export const tableIcon = icon(svg`<path d="M3 4.5h14v11H3zM3 8.5h14M8.5 8.5v7" />`);
export const downloadIcon = icon(svg`<path d="M10 3v9M6.5 8.8 10 12.2l3.5-3.4M3.5 16.5h13" />`);
export const lockIcon = icon(svg`<path d="M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9" />`);
export const warningIcon = icon(svg`<path d="M10 3.2 17.5 16h-15zM10 8v3.8M10 13.9v.2" />`);
export const emptyIcon = icon(svg`<path d="M3 16.5h14M5.5 13.5v-2M10 13.5V9M14.5 13.5V5" />`);
