import { SingleBar } from 'cli-progress';
import type { ConvertProgress } from '../convert/index.ts';
import type { ValidationStage } from '../focus/validate/index.ts';
import type { Terminal } from './terminal.ts';

type Stage = ConvertProgress['stage'] | ValidationStage | 'fetch' | 'wrap' | 'seal';

const STAGES: Record<Stage, string> = {
  fetch: 'Fetching',
  read: 'Reading',
  check: 'Checking values',
  map: 'Mapping to FOCUS',
  reconcile: 'Adding up',
  write: 'Writing FOCUS 1.3',
  rows: 'Judging rows',
  groups: 'Comparing rows',
  checks: 'Checking sums',
  wrap: 'Wrapping keys',
  seal: 'Sealing anew',
};

export interface ProgressDisplay {
  show(progress: Omit<ConvertProgress, 'stage'> & { stage: Stage }): void;
  end(): void;
}

/** A bar where somebody looks; elsewhere one line when a stage or a file begins. */
export function progressDisplay(terminal: Terminal): ProgressDisplay {
  return terminal.screen ? bar(terminal.screen) : lines(terminal);
}

function bar(stream: NodeJS.WriteStream): ProgressDisplay {
  const single = new SingleBar({
    stream,
    format: '{stage} {bar} {percentage} % {file}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
    // Ctrl-C is ours: the work ends in order and the bar with it.
    gracefulExit: false,
  });
  let started = false;
  return {
    show({ stage, share, file }) {
      const payload = { stage: STAGES[stage].padEnd(17), file: file ?? '' };
      if (!started) single.start(100, 0, payload);
      started = true;
      single.update(Math.floor(share * 100), payload);
    },
    end: () => started && single.stop(),
  };
}

function lines(terminal: Terminal): ProgressDisplay {
  let last = '';
  return {
    show({ stage, file }) {
      const line = [STAGES[stage], file].filter(Boolean).join(' ');
      if (line !== last) terminal.error(line);
      last = line;
    },
    end: () => undefined,
  };
}
