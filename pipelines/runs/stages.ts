/** The stages of a load, in order, with the share of the whole at which each begins. */
const BEGINS = { reading: 0, converting: 0.45, checking: 0.75, publishing: 0.8, done: 1 } as const;
const ORDER = ['reading', 'converting', 'checking', 'publishing', 'done'] as const;

/** What a load does with files. */
export type FileStage = Exclude<(typeof ORDER)[number], 'done'>;

/** `fetching` comes first where the files are not there yet. */
export type LoadStage = 'fetching' | FileStage;

/** Share of a run that fetching takes; what the load reports of itself is the rest. */
const FETCHING = 0.4;

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
export function shareOf(stage: FileStage, part: number): number {
  const begin = BEGINS[stage];
  const end = BEGINS[ORDER[ORDER.indexOf(stage) + 1]!];
  return begin + (end - begin) * Math.min(1, Math.max(0, part));
}

/** The progress of a run that fetches its files first: how it reports the fetching, and the load that follows. */
export function fetchingFirst(report: ReportLoad): { fetched: (part: number) => void; loading: ReportLoad } {
  return {
    fetched: (part) => report({ stage: 'fetching', share: FETCHING * Math.min(1, Math.max(0, part)) }),
    loading: (progress) => report({ ...progress, share: FETCHING + (1 - FETCHING) * progress.share }),
  };
}

/**
 * Does one stage of the work and reports meanwhile how far it is: `part` says so, 0 to 1, whenever it is asked. Of
 * several statements in a stage each starts at 0 again, so the furthest is what is reported.
 */
export async function whileReporting<T>(
  stage: FileStage,
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
