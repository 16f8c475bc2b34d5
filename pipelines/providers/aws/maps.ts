import { quoteName, quoteText } from '../../landing/session.ts';

/** How a map of CUR 2.0 becomes a JSON object of ours. `key` is SQL for the delivered key. */
interface MapReading {
  /** SQL for our key. Where two delivered keys of a row would become one, that row keeps its keys as delivered. */
  rename?: (key: string) => string;
  /** SQL condition for the members that count. */
  keep?: (key: string) => string;
  /** An empty value is a tag without one, which FOCUS writes as true; elsewhere it is no value. */
  valueless?: boolean;
}

/** A JSON object of the map's members, keys sorted, values as delivered; null where there is none. */
export function mapObjectSql(raw: string, { rename = (key) => key, keep, valueless = false }: MapReading): string {
  const members = mapMembersSql(raw, keep, valueless);
  const value = valueless
    ? `CASE WHEN e.value = '' THEN 'true' ELSE CAST(to_json(e.value) AS VARCHAR) END`
    : 'CAST(to_json(e.value) AS VARCHAR)';
  const object = (key: string) => jsonObjectOfSql(`list_transform(${members}, lambda e: {'k': ${key}, 'j': ${value}})`);
  return distinctSql(members, rename('e.key'), object(rename('e.key')), object('e.key'));
}

/**
 * A map as JSON text. Athena writes maps without quotes, `{team=core, stage=}`: that is read where it can be read in one
 * way only, see {@link brokenMapSql}.
 */
export function mapJsonSql(raw: string): string {
  const map = quoteName(raw);
  const [key, value] = [1, 2].map(
    (part) => `CAST(to_json(regexp_extract(e, ${quoteText(ENTRY)}, ${part})) AS VARCHAR)`,
  );
  const members = `list_transform(${entriesSql(map)}, lambda e: ${key} || ':' || ${value})`;
  return `CASE WHEN starts_with(${map}, '{"') THEN ${map} WHEN ${isAthenaSql(map)} THEN '{' || array_to_string(${members}, ',') || '}' ELSE ${map} END`;
}

/**
 * SQL condition: the text is neither a JSON object nor a map of Athena in which every part between `, ` is one key, `=`
 * and a value without `=`, no key comes twice, and no key has a blank. Other text could be read in several ways.
 */
export function brokenMapSql(raw: string): string {
  const map = quoteName(raw);
  const keys = `list_transform(${entriesSql(map)}, lambda e: split_part(e, '=', 1))`;
  const isClear = `len(list_filter(${entriesSql(map)}, lambda e: NOT regexp_full_match(e, ${quoteText(ENTRY)}))) = 0
    AND list_unique(${keys}) = len(${keys})`;
  return `CASE WHEN ${map} IS NULL THEN false WHEN ${isAthenaSql(map)} THEN NOT (${isClear})
    WHEN json_valid(${map}) THEN json_type(${map}) <> 'OBJECT' ELSE true END`;
}

/** A JSON object starts with a quote, or is empty. */
function isAthenaSql(map: string): string {
  return `regexp_full_match(${map}, '[{][^" {}][^{}]*[}]')`;
}

function entriesSql(map: string): string {
  return `string_split(${map}[2:-2], ', ')`;
}

const ENTRY = '([^=\\s]+)=([^=]*)';

/** SQL list of `{key, value}` of a map that is kept as JSON text. */
export function mapMembersSql(raw: string, keep?: (key: string) => string, valueless = false): string {
  const map = `map_entries(CAST(CAST(${quoteName(raw)} AS JSON) AS MAP(VARCHAR, VARCHAR)))`;
  const conditions = [valueless ? 'e.value IS NOT NULL' : `e.value <> ''`, ...(keep ? [keep('e.key')] : [])];
  return `list_filter(${map}, lambda e: ${conditions.join(' AND ')})`;
}

/** `distinct` where the keys differ, else `otherwise`. */
function distinctSql(members: string, key: string, distinct: string, otherwise: string): string {
  if (distinct === otherwise) return distinct;
  return `CASE WHEN list_unique(list_transform(${members}, lambda e: ${key})) = len(${members}) THEN ${distinct} ELSE ${otherwise} END`;
}

/** JSON object text of an SQL list of `{k: key, j: JSON value}`, keys sorted; null when the list is empty. */
export function jsonObjectOfSql(list: string): string {
  const members = `list_transform(list_sort(${list}), lambda m: CAST(to_json(m.k) AS VARCHAR) || ':' || m.j)`;
  return `'{' || nullif(array_to_string(${members}, ','), '') || '}'`;
}
