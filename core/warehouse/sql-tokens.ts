import { CloudActError } from '../errors.ts';
import type { Dialect } from './dialect.ts';

/** A piece of SQL. `text` of identifiers and parameters is without quotes and prefix, in lower case. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'symbol';
  readonly text: string;
}

/**
 * Cuts SQL into tokens; white space and comments fall away. Only what DuckDB and BigQuery read the same way passes:
 * backslashes in quotes, prefixed strings, dollar quotes, nested comments and odd characters outside of quotes are
 * refused, so that the gateway never takes a text for something else than the database does.
 *
 * `backslashes: 'plain'` lets them pass in strings: for SQL that is sent to DuckDB alone, which does not escape with them.
 *
 * Throws `query_refused`.
 */
export function tokenize(
  sql: string,
  lexicon: Dialect['lexicon'],
  backslashes: 'refused' | 'plain' = 'refused',
): Token[] {
  const tokens: Token[] = [];
  let at = 0;

  function refuse(reason: string): never {
    const line = sql.slice(0, at).split('\n').length;
    throw new CloudActError('query_refused', { detail: `${reason} (line ${line} of the query).` });
  }

  function quotedUntil(quote: string): string {
    const start = at + 1;
    for (let end = sql.indexOf(quote, start); ; end = sql.indexOf(quote, end + 2)) {
      if (end === -1) refuse(`A ${quote} is not closed`);
      if (sql[end + 1] === quote) continue;
      at = end + 1;
      const text = sql.slice(start, end);
      if (backslashes === 'refused' && text.includes('\\'))
        refuse('A backslash stands in quotes: bind the value as a parameter');
      return text.replaceAll(quote + quote, quote);
    }
  }

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(sql)?.[0];
  }

  while (at < sql.length) {
    const character = sql[at]!;
    const space = match(/[ \t\r\n]+/y);
    if (space) {
      at += space.length;
    } else if (sql.startsWith('--', at)) {
      // Databases differ in whether a lone carriage return ends a comment.
      const comment = match(/--[^\r\n]*/y)!;
      at += comment.length;
      if (sql[at] === '\r' && sql[at + 1] !== '\n') refuse('A carriage return stands alone after a comment');
    } else if (sql.startsWith('/*', at)) {
      const end = sql.indexOf('*/', at + 2);
      if (end === -1) refuse('A comment is not closed');
      if (sql.slice(at + 2, end).includes('/*')) refuse('A comment stands in a comment');
      at = end + 2;
    } else if (character === "'") {
      if (sql.startsWith("'''", at)) refuse('Three quotes stand together: bind the value as a parameter');
      tokens.push({ kind: 'string', text: quotedUntil("'") });
      if (/['"`\w]/.test(sql[at] ?? '')) refuse('Something follows a string without a space');
    } else if (character === lexicon.identifierQuote) {
      tokens.push({ kind: 'quoted', text: quotedUntil(character).toLowerCase() });
      if (/['"`\w]/.test(sql[at] ?? '')) refuse('Something follows a quoted name without a space');
    } else if (character === lexicon.parameterPrefix) {
      const name = match(/.[A-Za-z_][A-Za-z0-9_]*/y) ?? refuse(`A ${character} stands without a parameter's name`);
      at += name.length;
      if (sql[at] === character) refuse(`A parameter is followed by ${character}`);
      tokens.push({ kind: 'parameter', text: name.slice(1) });
    } else if (/[A-Za-z_]/.test(character)) {
      const word = match(/[A-Za-z0-9_]+/y)!;
      at += word.length;
      if (/['"`$@]/.test(sql[at] ?? '')) refuse(`"${word}" is followed by a quote or a parameter without a space`);
      tokens.push({ kind: 'word', text: word.toLowerCase() });
    } else if (/[0-9]/.test(character)) {
      const number = match(/[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?/y)!;
      at += number.length;
      if (/[A-Za-z_'"`$@]/.test(sql[at] ?? ''))
        refuse(`"${number}" is followed by a letter or a quote without a space`);
      tokens.push({ kind: 'number', text: number });
    } else if (SYMBOLS.includes(character)) {
      at++;
      if (/['"`]/.test(sql[at] ?? '') && character === '&') refuse('A & is followed by a quote');
      tokens.push({ kind: 'symbol', text: character });
    } else {
      refuse(`The character ${JSON.stringify(character)} has no place outside of quotes`);
    }
  }
  return tokens;
}

const SYMBOLS = '()[]{}.,;:=<>!+-*/%|&^~';
