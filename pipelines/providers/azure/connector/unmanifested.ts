import type { Blob, ExportRun } from './manifests.ts';
import { type AzureBlobSettings, exportTypes } from './settings.ts';

/**
 * Runs of exports that write no manifest, as those made before 2023 do: `<export>/<yyyymmdd-yyyymmdd>/<file>`, one file
 * a run, or `<export>/<yyyymmdd-yyyymmdd>/<run>/<file>`. The newest file tells the newest run. Which dataset it is,
 * only the export's name says.
 */
export function runsWithoutManifest(blobs: readonly Blob[], settings: AzureBlobSettings): ExportRun[] {
  return exportTypes(settings).flatMap((type) => {
    const exportName = settings.exportNames[type];
    return exportName === undefined ? [] : runsOf(exportName, type, blobs);
  });
}

function runsOf(exportName: string, type: string, blobs: readonly Blob[]): ExportRun[] {
  const byPeriod = new Map<string, { blob: Blob; run: string }[]>();
  for (const blob of blobs) {
    const [name, period, ...rest] = blob.name.split('/').slice(-4);
    const [found, folder, below] =
      name === exportName
        ? [period, rest.slice(0, -1), rest]
        : period === exportName
          ? [rest[0], [], rest.slice(1)]
          : [];
    if (!found || !/^\d{8}-\d{8}$/.test(found) || below?.length === 0) continue;
    const known = byPeriod.get(found) ?? [];
    byPeriod.set(found, [...known, { blob, run: folder?.join('/') ?? '' }]);
  }
  return [...byPeriod].map(([period, files]) => {
    const last = files.reduce((best, file) => (best.blob.modifiedAt >= file.blob.modifiedAt ? best : file));
    const run = last.run === '' ? [last] : files.filter((file) => file.run === last.run);
    const [start, end] = period.split('-').map((day) => `${day.slice(0, 4)}-${day.slice(4, 6)}-01`);
    return {
      manifest: `${exportName}/${period}`,
      exportName,
      type,
      firstPeriod: start!,
      lastPeriod: end!,
      submittedAt: last.blob.modifiedAt,
      blobs: run.map(({ blob }) => ({ name: blob.name, bytes: blob.bytes, rows: null })),
    };
  });
}
