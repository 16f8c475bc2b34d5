import { CloudActError } from '@cloudact/core/errors';
import type { ExportType } from './settings.ts';

/** A blob as it was when it was listed. */
export interface Blob {
  name: string;
  etag: string;
  bytes: number;
  /** ISO 8601, UTC. */
  modifiedAt: string;
}

/** What an export says about one of its runs, in `manifest.json`. */
export interface ExportRun {
  /** Name of the manifest's blob. */
  manifest: string;
  exportName: string;
  type: string;
  /** First and last month that the run covers, `YYYY-MM-01`. */
  firstPeriod: string;
  lastPeriod: string;
  /** ISO 8601, UTC. */
  submittedAt: string;
  blobs: { name: string; bytes: number | null; rows: number | null }[];
}

const TYPES: readonly ExportType[] = ['ActualCost', 'AmortizedCost', 'FocusCost'];

/** Reads a manifest. Throws `source_incomplete` when it does not say what it has to. */
export function readManifest(name: string, text: string): ExportRun {
  const manifest = parsed(name, text);
  const { exportConfig, runInfo, blobs } = manifest;
  const [start, end] = [runInfo?.startDate, runInfo?.endDate].map(monthOf);
  const submittedAt = new Date(runInfo?.submittedTime ?? '');
  if (
    !exportConfig?.exportName ||
    !exportConfig.type ||
    !start ||
    !Array.isArray(blobs) ||
    Number.isNaN(submittedAt.getTime())
  ) {
    throw unreadable(name, 'it does not say its export, type, period, time or blobs');
  }
  return {
    manifest: name,
    exportName: exportConfig.exportName,
    type: exportConfig.type,
    firstPeriod: start,
    lastPeriod: end ?? start,
    submittedAt: submittedAt.toISOString(),
    blobs: blobs.map(({ blobName, byteCount, dataRowCount }) => {
      if (typeof blobName !== 'string') throw unreadable(name, 'a blob in it has no name');
      return { name: blobName, bytes: byteCount ?? null, rows: dataRowCount ?? null };
    }),
  };
}

/** Whether a run is of a dataset that a connection can read. */
export function isCostExport(run: ExportRun): boolean {
  return TYPES.some((type) => type === run.type);
}

/** The months from the first to the last of a run, `YYYY-MM-01`. */
export function periodsOf({ firstPeriod, lastPeriod }: ExportRun): string[] {
  const periods: string[] = [];
  for (let month = new Date(`${firstPeriod}T00:00:00Z`); ; month.setUTCMonth(month.getUTCMonth() + 1)) {
    const text = month.toISOString().slice(0, 10);
    if (text > lastPeriod || periods.length > 60) return periods;
    periods.push(text);
  }
}

interface Manifest {
  exportConfig?: { exportName?: string; type?: string };
  runInfo?: { startDate?: string; endDate?: string; submittedTime?: string };
  blobs?: { blobName?: string; byteCount?: number; dataRowCount?: number }[];
}

function parsed(name: string, text: string): Manifest {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as Manifest;
  } catch {
    throw unreadable(name, 'it is no JSON');
  }
}

function monthOf(date: string | undefined): string | undefined {
  const month = /^(\d{4}-\d{2})-\d{2}/.exec(date ?? '')?.[1];
  return month && `${month}-01`;
}

function unreadable(name: string, why: string): CloudActError {
  return new CloudActError('source_incomplete', {
    detail: `The manifest ${name} cannot be used: ${why}. Run the export again.`,
  });
}
