import { currencyCodes, serviceSubcategories, serviceSubcategoryNames } from '@cloudact/core/focus';
import {
  type DeliveredTable,
  elementsOf,
  elementText,
  elementType,
  isFlat,
  isObject,
  jsonOf,
  noRepeats,
  numberOf,
  productOf,
  rawOf,
  textOf,
} from './delivered-table.ts';
import {
  dateTimePattern,
  nationalCurrencyPattern,
  notUnitPattern,
  numericPattern,
  placeholders,
  unitPattern,
} from './formats.ts';
import { atoms, type Expression, type Requirement } from './requirements.ts';
import { matches, quoteText, textList } from './sql.ts';

/**
 * SQL that is true on the rows that violate a rule, over `table.source`. Null counts as "not violated": a value that
 * is not there is the business of the rules about null. Throws on a check that it does not know.
 */
export function violationSql({ check, when }: Requirement, table: DeliveredTable): string {
  if (check === undefined) throw new TypeError('a rule without a check has no violations');
  const parts = [when, check].flatMap(atoms);
  if (!parts.some(isElementCheck)) return violated(when, check, (atom) => columnCheck(atom, table));

  const column = parts.find(isElementCheck)?.[1] as string;
  const [outside, inside] = splitCondition(when);
  const objectsOnly = check[0] === 'JSONCheckPathType' && check[2] === '$.Elements[*]' ? 'TRUE' : "e.kind = 'OBJECT'";
  const broken = violated(inside, check, (atom) =>
    isElementCheck(atom) ? elementCheck(atom) : columnCheck(atom, table),
  );
  const condition = outside === undefined ? 'TRUE' : combine(outside, (atom) => columnCheck(atom, table));
  return `(${condition} AND len(list_filter(${elementsOf(column)}, lambda e: ${objectsOnly} AND ${broken})) > 0)`;
}

function violated(when: Expression | undefined, check: Expression, compile: (atom: Expression) => string): string {
  const broken = `NOT ${combine(check, compile)}`;
  return when === undefined ? `(${broken})` : `(${combine(when, compile)} AND ${broken})`;
}

function combine(expression: Expression, compile: (atom: Expression) => string): string {
  const [name, ...items] = expression;
  if (name !== 'All' && name !== 'Any') return `(${compile(expression)})`;
  const compiled = (items as Expression[]).map((item) => combine(item, compile));
  return `(${compiled.join(name === 'All' ? ' AND ' : ' OR ')})`;
}

/** What an `All` says about the row, and what it says about each element. */
function splitCondition(when: Expression | undefined): [Expression | undefined, Expression | undefined] {
  if (when === undefined) return [undefined, undefined];
  const items = when[0] === 'All' ? (when.slice(1) as unknown as Expression[]) : [when];
  const all = (list: Expression[]): Expression | undefined => (list.length === 0 ? undefined : ['All', ...list]);
  return [all(items.filter((item) => !isElementCheck(item))), all(items.filter(isElementCheck))];
}

function isElementCheck([name, , path]: Expression): boolean {
  return name.startsWith('JSON') && typeof path === 'string' && path.startsWith('$.Elements[*]');
}

function columnCheck(atom: Expression, table: DeliveredTable): string {
  const compile = columnChecks[atom[0]];
  if (!compile) throw new TypeError(`no check is called ${atom[0]}`);
  return compile(table, ...(atom.slice(1) as string[]));
}

/** The arguments are column names, mostly; null stands for itself. */
type ColumnCheck = (table: DeliveredTable, ...args: string[]) => string;

/** Each says what holds on a good row. A column that is not there reads as null. */
const columnChecks: Record<string, ColumnCheck> = {
  CheckValue: (table, column, value) => {
    if (!table.columns.has(column)) return value === null ? 'TRUE' : 'FALSE';
    return value === null ? `${rawOf(column)} IS NULL` : `${text(column)} = ${quoteText(String(value))}`;
  },
  CheckNotValue: (table, column, value) => {
    if (!table.columns.has(column)) return 'FALSE';
    return value === null ? `${rawOf(column)} IS NOT NULL` : `${text(column)} <> ${quoteText(String(value))}`;
  },
  OneOf: (table, column, values) => {
    const delivered = table.columns.get(column);
    if (!delivered) return 'FALSE';
    const allowed = (values as unknown as readonly string[] | undefined) ?? delivered.focus.allowedValues ?? [];
    return `${text(column)} IN ${textList(allowed)}`;
  },
  SubcategoryOfCategory: (_, subcategory, category) => {
    const known = `${text(subcategory)} IN ${textList(serviceSubcategoryNames)}`;
    const pairs = serviceSubcategories.map((pair) => `${pair.subcategory}|${pair.category}`);
    return `NOT ${known} OR ${text(subcategory)} || '|' || ${text(category)} IN ${textList(pairs)}`;
  },

  TypeString: (table, column) => (kind(table, column) === 'text' ? 'TRUE' : `${rawOf(column)} IS NULL`),
  TypeDecimal: (table, column) => {
    if (isNumber(table, column)) return 'TRUE';
    return table.columns.get(column)?.untyped
      ? `${rawOf(column)} IS NULL OR ${float(column)} IS NOT NULL`
      : `${rawOf(column)} IS NULL`;
  },
  TypeDateTime: (table, column) => {
    if (kind(table, column) === 'time') return 'TRUE';
    return kind(table, column) === 'text'
      ? `${rawOf(column)} IS NULL OR TRY_CAST(${rawOf(column)} AS TIMESTAMP) IS NOT NULL`
      : `${rawOf(column)} IS NULL`;
  },

  // A text that holds U+FFFD has lost the characters that it was delivered with.
  FormatString: (_, column) => `NOT contains(${text(column)}, chr(65533))`,
  FormatNumeric: (table, column) => (isNumber(table, column) ? 'TRUE' : matches(text(column), numericPattern)),
  FormatDateTime: (table, column) => (kind(table, column) === 'time' ? 'TRUE' : matches(text(column), dateTimePattern)),
  FormatUnit: (_, column) => isUnit(text(column)),
  FormatCurrency: (_, column) =>
    column === 'BillingCurrency' ? matches(text(column), nationalCurrencyPattern) : anyCurrency(text(column)),
  CheckNationalCurrency: (_, column) => `${text(column)} IN ${textList(currencyCodes)}`,
  FormatKeyValue: (_, column) =>
    `${text(column)} IS NULL OR (${isObject(column)} AND coalesce(${isFlat(column)}, FALSE))`,
  FormatJSON: (_, column) => `${text(column)} IS NULL OR (${isObject(column)} AND ${goodArray(column)})`,
  NoPlaceholder: (table, column) =>
    kind(table, column) === 'text' ? `${text(column)} NOT IN ${textList(placeholders)}` : 'TRUE',
  NotBlank: (table, column) =>
    kind(table, column) === 'text' ? `${text(column)} = '' OR trim(${text(column)}) <> ''` : 'TRUE',

  CheckDecimalValue: (table, column) =>
    isNumber(table, column) ? 'TRUE' : `${rawOf(column)} IS NULL OR ${float(column)} IS NOT NULL`,
  CheckGreaterOrEqualThanValue: (table, column, value) =>
    `${isNumber(table, column) ? rawOf(column) : float(column)} >= ${Number(value)}`,
  ColumnByColumnEqualsColumnValue: (table, left, right, result) => {
    const equal = `coalesce(${equalsAtScale(table, productOf(left, right), result)}, FALSE)`;
    const notNumbers = [left, right, result].map(
      (column) => `${isNumber(table, column) ? rawOf(column) : float(column)} IS NULL`,
    );
    return [...notNumbers, equal].join(' OR ');
  },

  JSONCheckPathType: (_, column, path, expected) =>
    `${jsonOf(column)} IS NULL OR coalesce(json_type(${jsonOf(column)}, ${quoteText(path)}), '') = ${quoteText(expected.toUpperCase())}`,
};

/**
 * The number scale of the dataset is the only tolerance: the exact product, rounded half away from zero to the places
 * that the result column can hold. A float column holds what rounding to a float leaves.
 */
function equalsAtScale(table: DeliveredTable, product: string, result: string): string {
  const column = table.columns.get(result);
  if (column?.kind === 'double') return `CAST(${product} AS DOUBLE) = ${rawOf(result)}`;
  const scale = column?.type.match(/^DECIMAL\(\d+,(\d+)\)$/)?.[1];
  return scale === undefined || Number(scale) >= 18
    ? `${product} = ${number(result)}`
    : `ROUND(${product}, ${scale}) = ${number(result)}`;
}

/** JsonObjectFormat: the items of an array have one type, and none is null or there twice. */
function goodArray(column: string): string {
  const list = elementsOf(column);
  const odd = `list_filter(${list}, lambda e: e.kind = 'NULL' OR e.kind <> ${list}[1].kind)`;
  const repeats = `CASE WHEN len(${list}) > 1 THEN ${noRepeats(`list_transform(${list}, lambda e: e.json)`)} ELSE TRUE END`;
  return `coalesce(len(${odd}) = 0 AND ${repeats}, TRUE)`;
}

function elementCheck([name, column, path, ...args]: Expression): string {
  const key = (path as string).split('.')[2];
  if (key === undefined) return wholeElementCheck(name, args);
  const type = elementType(column as string, key);
  const value = elementText(column as string, key);
  const isNull = `coalesce(${type}, 'NULL') = 'NULL'`;
  switch (name) {
    case 'JSONCheckPathType':
      return `${isNull} OR ${type} IN ${textList(args[0] === 'Decimal' ? numberTypes : ['VARCHAR'])}`;
    case 'JSONCheckPathKeyExists':
      return `${type} IS NOT NULL`;
    case 'JSONCheckPathValue':
      return args[0] === null ? isNull : `${value} = ${quoteText(String(args[0]))}`;
    case 'JSONCheckPathNotValue':
      return args[0] === null ? `NOT ${isNull}` : `${value} <> ${quoteText(String(args[0]))}`;
    case 'JSONCheckPathSameValue':
      return `${value} IS NOT DISTINCT FROM ${text(args[0] as string)}`;
    case 'JSONFormatString':
      return `NOT contains(${value}, chr(65533))`;
    case 'JSONFormatNumeric':
    case 'JSONCheckPathNumericFormat':
      return `${isNull} OR ${type} IN ${textList(numberTypes)} OR ${matches(value, numericPattern)}`;
    case 'JSONFormatUnit':
    case 'JSONCheckPathUnitFormat':
      return `${isNull} OR ${isUnit(value)}`;
    default:
      throw new TypeError(`no check is called ${name}`);
  }
}

function wholeElementCheck(name: string, args: readonly unknown[]): string {
  switch (name) {
    case 'JSONCheckPathType':
      return `e.kind = ${quoteText(String(args[0]).toUpperCase())}`;
    case 'JSONCheckPathKeyValueFormat':
      return 'e.flat';
    case 'JSONCheckPathKeyStartsWith': {
      const [prefix, known] = args as [string, string[]];
      return `len(list_filter(e.keys, lambda k: NOT starts_with(k, ${quoteText(prefix)}) AND k NOT IN ${textList(known)})) = 0`;
    }
    default:
      throw new TypeError(`no check is called ${name}`);
  }
}

const numberTypes = ['DOUBLE', 'UBIGINT', 'BIGINT', 'HUGEINT', 'UHUGEINT'];

function isUnit(expression: string): string {
  return `${matches(expression, unitPattern)} AND NOT ${matches(expression, notUnitPattern)}`;
}

/** A national currency in capitals, or a virtual one by its name. */
function anyCurrency(expression: string): string {
  const codes = textList(currencyCodes);
  return `${expression} IN ${codes} OR (upper(${expression}) NOT IN ${codes} AND trim(${expression}) <> '')`;
}

function text(column: string): string {
  return textOf(column);
}

function number(column: string): string {
  return numberOf(column);
}

/** Enough to see whether a text is a number, and its sign. */
function float(column: string): string {
  return `TRY_CAST(${rawOf(column)} AS DOUBLE)`;
}

function kind(table: DeliveredTable, column: string): string | undefined {
  return table.columns.get(column)?.kind;
}

function isNumber(table: DeliveredTable, column: string): boolean {
  return ['decimal', 'double'].includes(kind(table, column) ?? '');
}
