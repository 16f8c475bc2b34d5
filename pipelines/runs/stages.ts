/** The stages of a load, in order, with the share of the whole at which each begins. */
const BEGINS = { reading: 0, converting: 0.45, checking: 0.75, publishing: 0.8, done: 1 } as const;
const ORDER = ['reading', 'converting', 'checking', 'publishing', 'done'] as const;

export type LoadStage = Exclude<(typeof ORDER)[number], 'done'>;

export interface LoadProgress {
  stage: LoadStage;
  /** Share of the whole load that is done, 0 to 1. */
  share: number;
  /** Known once the files are looked at. */
  provider?: string;
  /** Known once the files are read. */
  rowsRead?: number;
}

export type ReportLoad = (progress: LoadProgress) => void;

/** Share of the whole load, when `part` (0 to 1) of a stage is done. */
export function shareOf(stage: LoadStage, part: number): number {
  const begin = BEGINS[stage];
  const end = BEGINS[ORDER[ORDER.indexOf(stage) + 1]!];
  return begin + (end - begin) * Math.min(1, Math.max(0, part));
}

/**
 * Does one stage of the work and reports meanwhile how far it is: `part` says so, 0 to 1, whenever it is asked. Of
 * several statements in a stage each starts at 0 again, so the furthest is what is reported.
 */
export async function whileReporting<T>(
  stage: LoadStage,
  known: Omit<LoadProgress, 'stage' | 'share'>,
  report: ReportLoad | undefined,
  part: () => number,
  work: () => Promise<T>,
): Promise<T> {
  if (!report) return work();
  let furthest = 0;
  const tell = () => {
    furthest = Math.max(furthest, part());
    report({ ...known, stage, share: shareOf(stage, furthest) });
  };
  tell();
  const timer = setInterval(tell, 100);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
