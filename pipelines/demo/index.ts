export type { WriteCurOptions, WrittenCur } from './aws/write-cur.ts';
export { writeCur } from './aws/write-cur.ts';
export type { DemoBillWriter, WrittenMonth } from './bill-writer.ts';
export type { DemoBillOptions, DemoBills } from './generate.ts';
export { generateDemoBills } from './generate.ts';
