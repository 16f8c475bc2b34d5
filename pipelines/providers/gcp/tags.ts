import { quoteText } from '../../landing/session.ts';
import type { Fields } from './fields.ts';

const PAIRS = '[{"key":"VARCHAR","value":"VARCHAR"}]';
const TAGS = '[{"key":"VARCHAR","value":"VARCHAR","namespace":"VARCHAR"}]';

/** Columns `labels`, `system_labels` and `project_labels`: lists of `{key, value}`; empty where the row has none. */
export function labelColumns({ list }: Fields): string[] {
  const pairs = (name: string) => pairsSql(list(name), PAIRS);
  return [
    `${pairs('labels')} AS label_list`,
    `${pairs('system_labels')} AS system_label_list`,
    `${pairs('project.labels')} AS project_label_list`,
    `${pairsSql(list('tags'), TAGS)} AS tag_list`,
  ];
}

function pairsSql(list: string, shape: string): string {
  return `CASE WHEN ${list} IS NULL OR ${list} = '[]' THEN [] ELSE from_json(${list}, '${shape}') END`;
}

/** The value of the first label of this key; null where there is none. */
export function labelSql(labels: string, key: string): string {
  return `list_filter(${labels}, lambda p: p.key = ${quoteText(key)})[1].value`;
}

/** Over {@link labelColumns}: every label and tag of a row as a list of `{k, v}`; of those that share a key the first counts. */
export const tagPairsSql = `list_filter(flatten([${[
  pairsOf('label_list'),
  pairsOf('project_label_list'),
  `COALESCE(list_transform(tag_list, lambda p: struct_pack(k := COALESCE(nullif(p.namespace, '') || '/', '') || p.key, v := p.value)), [])`,
  pairsOf('system_label_list'),
].join(', ')}]), lambda p: p.k IS NOT NULL)`;

function pairsOf(labels: string): string {
  return `COALESCE(list_transform(${labels}, lambda p: struct_pack(k := p.key, v := p.value)), [])`;
}

/**
 * FOCUS Tags: a JSON object, keys sorted. Labels are the scheme without a prefix; a resource's label hides its
 * project's label of the same key. Resource Manager tags are `namespace/key`; Google's own keys carry its prefix
 * already (`goog-…`, `compute.googleapis.com/…`). A label without a value is `true`, as FOCUS asks.
 */
export function tagsSql(pairs: string): string {
  const keys = `list_distinct(list_transform(${pairs}, lambda p: p.k))`;
  const first = `list_transform(list_sort(${keys}), lambda key: list_filter(${pairs}, lambda p: p.k = key)[1])`;
  const sorted = `CASE WHEN len(${keys}) = len(${pairs}) THEN list_sort(${pairs}) ELSE ${first} END`;
  const member = `CAST(to_json(p.k) AS VARCHAR) || ':' || COALESCE(CAST(to_json(nullif(p.v, '')) AS VARCHAR), 'true')`;
  return `'{' || nullif(array_to_string(list_transform(${sorted}, lambda p: ${member}), ','), '') || '}'`;
}
