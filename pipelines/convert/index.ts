/** A bill's files → one file in FOCUS 1.3, tied to the bill's own totals. */
export { type ConvertOptions, type ConvertProgress, type ConvertReport, convert } from './convert.ts';
