import { CloudActError } from '@cloudact/core/errors';
import { readBackendConfig } from './config.ts';
import { startFromConfig } from './start.ts';

/** A little more than stopping takes. */
const HARD_EXIT_MILLISECONDS = 8_500;

/** The API as a process: `node backend/main.ts`, configured by its environment (`.env.example`). */
try {
  const backend = await startFromConfig(readBackendConfig(process.env));
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      // The host kills the process after ten seconds, also in the middle of a write.
      setTimeout(() => process.exit(1), HARD_EXIT_MILLISECONDS).unref();
      backend.stop().then(() => process.exit(0), fail);
    });
  }
} catch (error) {
  fail(error);
}

function fail(error: unknown): never {
  // What is wrong with the configuration is for the person who starts it; a bug needs its stack.
  console.error(error instanceof CloudActError ? error.message : error);
  process.exit(1);
}
