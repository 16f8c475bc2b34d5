import { run } from './run.ts';

const controller = new AbortController();
const stop = () => controller.abort(new DOMException('Stopped.', 'AbortError'));
// The second signal ends the process at once, as people expect.
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

process.exitCode = await run(process.argv.slice(2), { signal: controller.signal });
