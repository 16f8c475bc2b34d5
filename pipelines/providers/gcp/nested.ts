/**
 * SQL that makes strict JSON of a nested column: of JSON text, of `repr` of Python (`[{'key': 'a', 'value': None}]`),
 * which CSV dumps of BigQuery rows hold, and null of anything else. Numbers become strings with the same digits: read
 * as JSON numbers they would be floats.
 */
export function jsonSql(column: string): string {
  const python = fromPython(column);
  return `CASE WHEN ${column} IS NULL THEN NULL WHEN json_valid(${column}) THEN ${exactSql(column)}
    WHEN json_valid(${python}) THEN ${exactSql(python)} END`;
}

/** Looking whether there is a number at all is much quicker than replacing none. */
function exactSql(json: string): string {
  return `CASE WHEN regexp_matches(${json}, '${MAYBE_NUMBER}') THEN regexp_replace(${json}, '${NUMBER}', '\\1"\\2"', 'g') ELSE ${json} END`;
}

/** The same without strictness: numbers stay numbers, and what is no JSON is null. Enough to judge, and quick. */
export function roughJsonSql(column: string): string {
  const python = fromPython(column);
  return `CASE WHEN json_valid(${column}) THEN ${column} WHEN json_valid(${python}) THEN ${python} END`;
}

/** What neither JSON nor `repr` of Python is. */
export function brokenJsonSql(column: string): string {
  return `CASE WHEN ${column} IS NULL OR json_valid(${column}) THEN false ELSE NOT json_valid(${fromPython(column)}) END`;
}

/**
 * The text of a member of a nested column, as {@link roughJsonSql} has it. Nothing that Python writes is without its
 * quotes, so where there are none it is read as JSON at once.
 */
export function roughMemberSql(column: string, path: string): string {
  return `CASE WHEN contains(${column}, chr(39)) THEN json_extract_string(${roughJsonSql(column)}, '${path}')
    ELSE TRY(json_extract_string(${column}, '${path}')) END`;
}

/**
 * A list as JSON text. In Parquet whose lists are not marked as such, a list is a record of a repeated record:
 * `{"list":[{"element":…}]}`.
 */
export function listSql(json: string): string {
  const elements = `json_extract(${json}, '$.list[*].element')`;
  return `CASE WHEN starts_with(${json}, '{"list":') THEN CAST(to_json(${elements}) AS VARCHAR) ELSE ${json} END`;
}

const MAYBE_NUMBER = String.raw`:\s*-?[0-9]`;
/** After a key: no string of JSON text can hold a bare quote, so this never matches inside of one. */
const NUMBER = String.raw`("[A-Za-z_]+"\s*:\s*)(-?[0-9][0-9.eE+-]*)`;

/** Strings in either kind of quotes, words, and what is between them. A single quote is \x27. */
const TOKENS = String.raw`\x27(?:[^\x27\\]|\\.)*\x27|"(?:[^"\\]|\\.)*"|[A-Za-z]+|[^\x27"A-Za-z]+`;

function fromPython(column: string): string {
  const numbers = String.raw`regexp_replace(${column}, 'Decimal\(\x27([^\x27]*)\x27\)', '\1', 'g')`;
  const hex = String.raw`regexp_replace(t[2:-2], '\\x([0-9a-fA-F]{2})', '\\u00\1', 'g')`;
  const quotes = String.raw`replace(regexp_replace(${hex}, '\\\x27', chr(39), 'g'), '\"', '"')`;
  const token = `CASE WHEN t = 'None' THEN 'null' WHEN t = 'True' THEN 'true' WHEN t = 'False' THEN 'false'
    WHEN t[1] = chr(39) OR t[1] = '"' THEN '"' || replace(${quotes}, '"', '\\"') || '"' ELSE t END`;
  return `array_to_string(list_transform(regexp_extract_all(${numbers}, '${TOKENS}'), lambda t: ${token}), '')`;
}
