import { CloudActError } from '@cloudact/core/errors';
import { type AwsS3Settings, exportFolder } from './settings.ts';

export interface Manifest {
  /** Keys of the data files. */
  readonly files: readonly string[];
  /** Names of the columns as the files have them; empty when the manifest does not tell. */
  readonly columns: readonly string[];
}

/**
 * Reads a manifest: of a legacy report (`reportKeys`, columns of category and name), or of a data export (`dataFiles`
 * as keys, as `s3://` addresses or as objects with either). AWS does not publish a schema for the second.
 * Throws `source_incomplete` when it is no manifest, names no file, or names one outside of the export's folder.
 */
export function readManifest(text: string, key: string, settings: AwsS3Settings): Manifest {
  const manifest = parse(text, key);
  const named = manifest.reportKeys ?? manifest.dataFiles;
  if (!Array.isArray(named) || named.length === 0) {
    throw incomplete(key, 'names no data files');
  }
  const files = named.map((file: unknown) => keyOf(file, key, settings));
  if (new Set(files).size !== files.length) throw incomplete(key, 'names a data file twice');
  return { files, columns: Array.isArray(manifest.columns) ? manifest.columns.flatMap(columnName) : [] };
}

function parse(text: string, key: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw incomplete(key, 'is not JSON', cause);
  }
  throw incomplete(key, 'is no JSON object');
}

function keyOf(file: unknown, manifest: string, settings: AwsS3Settings): string {
  const { s3Uri, key } = (typeof file === 'object' ? (file ?? {}) : { key: file }) as Record<string, unknown>;
  const address = [s3Uri, key].find((text) => typeof text === 'string' && text !== '') as string | undefined;
  if (address === undefined) throw incomplete(manifest, 'names a data file in a way that is not known');
  const place = /^s3:\/\/([^/]+)\/(.+)$/.exec(address);
  const path = place ? place[2]! : address.replace(/^\/+/, '');
  if ((place && place[1] !== settings.bucket) || !path.startsWith(exportFolder(settings))) {
    throw incomplete(manifest, `names ${address.slice(0, 300)}, which is not in the folder of the export`);
  }
  return path;
}

function columnName(column: unknown): string[] {
  if (typeof column === 'string') return [column];
  const { category, name } = (column ?? {}) as Record<string, unknown>;
  if (typeof name !== 'string') return [];
  return [typeof category === 'string' ? `${category}/${name}` : name];
}

function incomplete(key: string, what: string, cause?: unknown): CloudActError {
  return new CloudActError('source_incomplete', {
    detail: `The manifest ${key} ${what}. Wait for the next delivery, or make the export anew.`,
    cause,
  });
}
