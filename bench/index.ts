// `npm run bench`: all measurements, or one: `npm run bench -- convert`, `npm run bench -- cost-reads`.
import { measureConvert } from './convert.ts';
import { measureCostReads } from './cost-reads.ts';

const measurements: Record<string, (rows: number) => Promise<void>> = {
  convert: measureConvert,
  'cost-reads': measureCostReads,
};

const [chosen, rows = '1000000'] = process.argv.slice(2);
if (chosen !== undefined && !(chosen in measurements)) {
  console.error(`No measurement "${chosen}". There are: ${Object.keys(measurements).join(', ')}.`);
  process.exit(2);
}
for (const [name, measure] of Object.entries(measurements)) {
  if (chosen === undefined || chosen === name) await measure(Number(rows));
}
