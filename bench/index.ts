// `npm run bench`: all measurements, or one: `npm run bench -- convert [rows] [format]`, `npm run bench -- cost-reads [rows]`.
import { measureAuth } from './auth.ts';
import { measureConvert } from './convert.ts';
import { measureCostReads } from './cost-reads.ts';
import { measureReplay } from './replay.ts';
import { measureValidate } from './validate.ts';

const measurements: Record<string, (rows: number, ...rest: string[]) => Promise<void>> = {
  convert: measureConvert,
  'cost-reads': measureCostReads,
  validate: measureValidate,
  replay: measureReplay,
  auth: measureAuth,
};

const [chosen, rows = '1000000', ...rest] = process.argv.slice(2);
if (chosen !== undefined && !(chosen in measurements)) {
  console.error(`No measurement "${chosen}". There are: ${Object.keys(measurements).join(', ')}.`);
  process.exit(2);
}
for (const [name, measure] of Object.entries(measurements)) {
  if (chosen === undefined || chosen === name) await measure(Number(rows), ...rest);
}
