/** The text formats of FOCUS 1.3 as RE2 patterns, each for a whole value. */

/** NumericFormat: digits, an optional point, an optional exponent after `E`; no plus sign anywhere, no separators. */
export const numericPattern = String.raw`^-?[0-9]+(\.[0-9]+)?(E-?[0-9]+)?$`;

/** DateTimeFormat: `YYYY-MM-DDTHH:mm:ssZ`. That the day exists is checked apart. */
export const dateTimePattern = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$';

/** CurrencyFormat for a national currency. */
export const nationalCurrencyPattern = '^[A-Z]{3}$';

const time = '(?:Year|Month|Day|Hour|Minute|Second)';
const size = '(?:[KMGTPE]i?)?[bB]';
/** A capitalised word or several, such as `Requests`, `Elastic IPs` or `DPU`. */
const words = '[A-Z][A-Za-z0-9]*(?: [A-Z][A-Za-z0-9]*)*';
const unit = `(?:${size}|${words})`;

/**
 * UnitFormat: `<plural>`, `<singular>-<plural time>`, `<plural>/<singular time>`, `<whole number> <plural>`,
 * `<plural>/<whole number> <plural time>`. Nouns start with a capital; data sizes are written as listed, without `s`.
 */
export const unitPattern = `^(?:(?:[0-9]+ )?${unit}|${unit}-${time}s|${unit}/${time}|${unit}/[0-9]+ ${time}s)$`;

/** What the pattern above lets through and the closed lists do not: a plural data size, a single noun on its own. */
export const notUnitPattern = `(?:^|[ /-])(?:[KMGTPE]i?)?[bB]s(?:$|[ /-])|^(?:[0-9]+ )?(?:${time}|Unit|Request|Token|Connection|Certificate|Domain|Core)$`;

/** Texts that stand for "no value". */
export const placeholders = ['', 'NULL', 'Null', 'null', 'N/A', 'n/a', 'Not Applicable', 'not applicable'];
