import { CloudActError } from '@cloudact/core/errors';
import { costAndUsageColumns } from '@cloudact/core/focus';
import { rollupDimensions } from '@cloudact/core/warehouse';

/** What cost can be grouped and narrowed by: a column of the cost table, or one key of its tags. */
export type Dimension =
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'tag'; readonly key: string };

/** One accepted value of a dimension; null asks for the rows that have none. */
export interface DimensionFilter {
  readonly dimension: Dimension;
  readonly value: string | null;
}

/** The closed list: every text dimension of FOCUS 1.3 Cost and Usage, and the integration that brought the row. */
export const dimensionColumns: readonly string[] = [
  ...costAndUsageColumns
    .filter(({ dataType, columnType }) => dataType === 'String' && columnType === 'Dimension')
    .map(({ id }) => id),
  'x_IntegrationId',
].sort();

/**
 * Reads `ServiceName` or `tag:KEY`, where `%` and `:` in KEY are percent-encoded.
 * Throws `request_invalid`, whose fault stands at `place`.
 */
export function parseDimension(text: string, place: string): Dimension {
  if (!text.startsWith(TAG)) return column(text, place);
  const key = text.slice(TAG.length);
  if (key.includes(':')) {
    throw invalid(place, `write the tag key "${key}" with its colons percent-encoded: ${TAG}${encodeKey(key)}`);
  }
  return { kind: 'tag', key: decodeKey(key, place) };
}

/** Reads `ServiceName:Amazon EC2`, `tag:KEY:VALUE`, or `RegionId:` for "no value". Throws `request_invalid`. */
export function parseFilter(text: string, place: string): DimensionFilter {
  const isTag = text.startsWith(TAG);
  const colon = text.indexOf(':', isTag ? TAG.length : 0);
  if (colon === -1) {
    throw invalid(place, `"${text.slice(0, 60)}" has no value; write ${isTag ? 'tag:KEY:VALUE' : 'dimension:value'}`);
  }
  const name = text.slice(isTag ? TAG.length : 0, colon);
  const value = text.slice(colon + 1);
  return {
    dimension: isTag ? { kind: 'tag', key: decodeKey(name, place) } : column(name, place),
    value: value === '' ? null : value,
  };
}

/** The one spelling of a dimension; `parseDimension` reads it back. */
export function formatDimension(dimension: Dimension): string {
  return dimension.kind === 'column' ? dimension.column : `${TAG}${encodeKey(dimension.key)}`;
}

export function formatFilter({ dimension, value }: DimensionFilter): string {
  return `${formatDimension(dimension)}:${value ?? ''}`;
}

/** Whether the daily roll-up can answer for this dimension. */
export function isInRollup(dimension: Dimension): boolean {
  return dimension.kind === 'column' && ROLLUP_COLUMNS.has(dimension.column);
}

const TAG = 'tag:';
const KNOWN_COLUMNS = new Set(dimensionColumns);
const ROLLUP_COLUMNS = new Set<string>([...rollupDimensions, 'x_IntegrationId']);

function column(name: string, place: string): Dimension {
  if (!KNOWN_COLUMNS.has(name)) {
    throw invalid(
      place,
      `"${name.slice(0, 60)}" is not a dimension; use tag:KEY or one of ${dimensionColumns.join(', ')}`,
    );
  }
  return { kind: 'column', column: name };
}

function encodeKey(key: string): string {
  return key.replaceAll('%', '%25').replaceAll(':', '%3A');
}

function decodeKey(text: string, place: string): string {
  try {
    const key = decodeURIComponent(text);
    if (key !== '') return key;
  } catch {
    throw invalid(place, `the tag key "${text.slice(0, 60)}" is not percent-encoded correctly; write % as %25`);
  }
  throw invalid(place, 'the tag key is empty; write tag:KEY');
}

function invalid(place: string, reason: string): CloudActError {
  return new CloudActError('request_invalid', {
    detail: `${place}: ${reason}.`,
    faults: [{ column: place, reason }],
  });
}
