import type { StorageServer } from './azurite.ts';

export interface WrittenRun {
  directory: string;
  exportName: string;
  type: string;
  /** `YYYY-MM-DD`. */
  start: string;
  end: string;
  runId: string;
  submittedTime: string;
  /** Contents of the data blobs, in order. */
  parts: readonly string[];
}

/** Writes one run of an export as Cost Management does: the data blobs first, the manifest last. Returns the blobs' names. */
export async function writeRun(server: StorageServer, container: string, run: WrittenRun): Promise<string[]> {
  const folder = `${run.directory}/${run.exportName}/${run.start.replaceAll('-', '')}-${run.end.replaceAll('-', '')}/${run.runId}`;
  const names = run.parts.map((_, index) => `${folder}/part_${index}_0001.csv`);
  for (const [index, name] of names.entries()) await put(server, container, name, run.parts[index]!);
  const manifest = {
    manifestVersion: '2024-04-01',
    byteCount: run.parts.join('').length,
    blobCount: names.length,
    dataRowCount: names.length,
    exportConfig: { exportName: run.exportName, type: run.type, dataVersion: '2024-08-01', granularity: 'Daily' },
    deliveryConfig: { fileFormat: 'Csv', partitionData: true, dataOverwriteBehavior: 'CreateNewReport' },
    runInfo: {
      executionType: 'Scheduled',
      runId: run.runId,
      submittedTime: run.submittedTime,
      startDate: `${run.start}T00:00:00`,
      endDate: `${run.end}T00:00:00`,
    },
    blobs: names.map((blobName, index) => ({ blobName, byteCount: run.parts[index]!.length, dataRowCount: 1 })),
  };
  await put(server, container, `${folder}/manifest.json`, JSON.stringify(manifest));
  return names;
}

export async function put(server: StorageServer, container: string, name: string, text: string): Promise<void> {
  await server.container(container).getBlockBlobClient(name).uploadData(Buffer.from(text));
}
