// One measured job in a process of its own; prints its figures as JSON. Started by measure.ts.
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { convert, validateFocusFile } from '@cloudact/pipelines';

const [name, input, output] = process.argv.slice(2) as [string, string, string];
const jobs: Record<string, () => Promise<unknown>> = {
  /** The floor: DuckDB reads every value as text and writes it again. */
  async copy() {
    const workbench = await openWorkbench({ inputs: [input], outputs: [output] });
    const options = output.endsWith('.parquet') ? 'FORMAT parquet' : 'FORMAT csv, HEADER';
    const source = input.endsWith('.ndjson')
      ? `read_ndjson_objects('${input}')`
      : `read_csv('${input}', all_varchar = true, header = true)`;
    await workbench.run(`COPY (SELECT * FROM ${source}) TO '${output}' (${options})`);
    await workbench.close();
  },
  async convert() {
    return await convert({ files: [input], output });
  },
  async validate() {
    const { rows, conforms } = await validateFocusFile(input);
    return { rows, conforms };
  },
};

const started = performance.now();
const result = (await jobs[name]!()) ?? null;
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage();
const cpuSeconds = (user + system) / 1e6;
process.stdout.write(
  JSON.stringify({ seconds, cpuSeconds, peakMiB: process.resourceUsage().maxRSS / 1024, result }, (_key, value) =>
    typeof value === 'bigint' ? String(value) : value,
  ),
);
