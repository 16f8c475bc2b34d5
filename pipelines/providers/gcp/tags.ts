import { quoteText } from '../../landing/session.ts';
import type { Fields } from './fields.ts';

const PAIRS = '[{"key":"VARCHAR","value":"VARCHAR"}]';
const TAGS = '[{"key":"VARCHAR","value":"VARCHAR","namespace":"VARCHAR"}]';

/** The value of the first label of this key in a JSON list of `{key, value}`; null where there is none. */
export function labelSql(list: string, key: string): string {
  return `list_filter(from_json(COALESCE(${list}, '[]'), '${PAIRS}'), lambda p: p.key = ${quoteText(key)})[1].value`;
}

/** Every label and tag of a row as a list of `{k, v}`; of those that share a key the first counts. */
export function tagPairsSql({ list }: Fields): string {
  const pairs = (name: string) =>
    `COALESCE(list_transform(from_json(COALESCE(${list(name)}, '[]'), '${PAIRS}'), lambda p: struct_pack(k := p.key, v := p.value)), [])`;
  const tags = `COALESCE(list_transform(from_json(COALESCE(${list('tags')}, '[]'), '${TAGS}'),
    lambda p: struct_pack(k := COALESCE(nullif(p.namespace, '') || '/', '') || p.key, v := p.value)), [])`;
  const all = [pairs('labels'), pairs('project.labels'), tags, pairs('system_labels')];
  return `list_filter(flatten([${all.join(', ')}]), lambda p: p.k IS NOT NULL)`;
}

/**
 * FOCUS Tags: a JSON object, keys sorted. Labels are the scheme without a prefix; a resource's label hides its
 * project's label of the same key. Resource Manager tags are `namespace/key`; Google's own keys carry its prefix
 * already (`goog-…`, `compute.googleapis.com/…`). A label without a value is `true`, as FOCUS asks.
 */
export function tagsSql(pairs: string): string {
  const keys = `list_sort(list_distinct(list_transform(${pairs}, lambda p: p.k)))`;
  const value = `list_filter(${pairs}, lambda p: p.k = key)[1].v`;
  const member = `CAST(to_json(key) AS VARCHAR) || ':' || COALESCE(CAST(to_json(nullif(${value}, '')) AS VARCHAR), 'true')`;
  return `'{' || nullif(array_to_string(list_transform(${keys}, lambda key: ${member}), ','), '') || '}'`;
}
