/**
 * DuckDB SQL expressions for FOCUS key-value columns (Tags, AllocatedTags, SkuPriceDetails). What files hold: a JSON
 * object, an array of `{Key, Value}` objects (also in the groups of Parquet), a JSON object without its braces, or a
 * Python dictionary.
 */

/** SQL of the key-value pairs in `text`, as LIST(STRUCT(k VARCHAR, v VARCHAR)) with `v` as JSON text; null when unreadable. */
export function keyValueEntriesSql(text: string): string {
  return bind(
    pairsTextSql(text),
    'j',
    (json) =>
      `CASE json_type(${json})
      WHEN 'OBJECT' THEN list_transform(
        map_entries(CAST(CAST(${json} AS JSON) AS MAP(VARCHAR, JSON))),
        lambda e: {'k': e.key, 'v': CAST(e.value AS VARCHAR)})
      WHEN 'ARRAY' THEN CASE WHEN ${allPairs(json)} THEN list_transform(
        json_extract(${json}, '$[*]'),
        lambda e: {'k': ${member('e', 'key')}, 'v': ${value('e')}}) END
    END`,
  );
}

/**
 * SQL of the canonical text of pairs: one flat JSON object, keys sorted, the last of equal keys kept. Null for null. Sorting
 * pairs whose keys all differ is several times faster than looking the pair of every key up.
 */
export function keyValueTextSql(entries: string): string {
  const keys = (pairs: string) => `list_distinct(list_transform(${pairs}, lambda p: p.k))`;
  const last = (pairs: string) =>
    `list_transform(list_sort(${keys(pairs)}), lambda key: list_last(list_filter(${pairs}, lambda p: p.k = key)))`;
  const sorted = bind(
    entries,
    'pairs',
    (pairs) => `CASE WHEN len(${keys(pairs)}) = len(${pairs}) THEN list_sort(${pairs}) ELSE ${last(pairs)} END`,
  );
  const members = `list_transform(${sorted}, lambda p: CAST(to_json(p.k) AS VARCHAR) || ':' || ${flatValue('p.v')})`;
  return `'{' || array_to_string(${members}, ',') || '}'`;
}

/** SQL of the canonical key-value text of `text`; null when it is blank or unreadable. */
export function keyValuesSql(text: string): string {
  return keyValueTextSql(keyValueEntriesSql(text));
}

/**
 * JSON text of the pairs, out of the groups in which some writers of Parquet put lists (`list`, `element`) and the
 * entries of maps (`key_value`).
 */
function pairsTextSql(text: string): string {
  return bind(
    jsonTextSql(text),
    'g',
    (json) => `CASE
      WHEN json_type(${json}, '$.list[0].element') = 'OBJECT' THEN CAST(to_json(json_extract(${json}, '$.list[*].element')) AS VARCHAR)
      WHEN json_type(${json}, '$.key_value') = 'ARRAY' THEN CAST(json_extract(${json}, '$.key_value') AS VARCHAR)
      ELSE ${json} END`,
  );
}

/** The text itself where it is JSON, in braces where that makes it an object, or as a Python dictionary says it. */
function jsonTextSql(text: string): string {
  return `CASE
    WHEN ${text} IS NULL OR trim(${text}) = '' THEN NULL
    WHEN json_valid(${text}) THEN ${text}
    WHEN json_valid('{' || ${text} || '}') THEN '{' || ${text} || '}'
    ELSE ${bind(pythonSql(text), 'p', (python) => `CASE WHEN json_valid(${python}) THEN ${python} END`)}
  END`;
}

/**
 * Text cut into quoted strings and what stands between; strings get JSON's quotes and escapes, and between them
 * `None`, `True` and `False` become JSON's words. What is inside a string is never taken for a word.
 */
function pythonSql(text: string): string {
  const tokens = `regexp_extract_all(${text}, '(?:''(?:[^''\\\\]|\\\\.)*'')|"(?:[^"\\\\]|\\\\.)*"|[^''"]+')`;
  const inner = `replace(replace(regexp_replace(t[2:-2], '\\\\([''"])', '\\1', 'g'), '"', '\\"'), chr(10), '\\n')`;
  const words = `regexp_replace(regexp_replace(regexp_replace(t, '\\bNone\\b', 'null', 'g'), '\\bTrue\\b', 'true', 'g'), '\\bFalse\\b', 'false', 'g')`;
  return `array_to_string(list_transform(${tokens}, lambda t:
    CASE WHEN t[1] = chr(39) THEN '"' || ${inner} || '"' WHEN t[1] = '"' THEN t ELSE ${words} END), '')`;
}

/** Every element of the array is an object with a key. */
function allPairs(json: string): string {
  return `COALESCE(list_bool_and(list_transform(json_extract(${json}, '$[*]'), lambda e: ${member('e', 'key')} IS NOT NULL)), true)`;
}

function member(object: string, name: string): string {
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  return `COALESCE(json_extract_string(${object}, '$.${capital}'), json_extract_string(${object}, '$.${name}'))`;
}

function value(object: string): string {
  return `CAST(COALESCE(json_extract(${object}, '$.Value'), json_extract(${object}, '$.value')) AS VARCHAR)`;
}

/** Key-value format has no nesting: an object or array becomes the string that shows it. */
function flatValue(json: string): string {
  return bind(
    json,
    'f',
    (flat) =>
      `CASE WHEN ${flat} IS NULL THEN 'null'
      WHEN json_type(${flat}) IN ('OBJECT', 'ARRAY') THEN CAST(to_json(${flat}) AS VARCHAR) ELSE ${flat} END`,
  );
}

/** Gives an expression a name, so that it is written and computed once. */
function bind(expression: string, name: string, body: (name: string) => string): string {
  return `list_transform([${expression}], lambda ${name}: ${body(name)})[1]`;
}
