/**
 * Recomputes what a derivation says, by integers alone. It reads `term + term … = result`, where a term is
 * `factor × factor … / per [name of the price]`, and a factor a number or a sum in parentheses: `(2,006 − 1,920)`.
 */
export function evaluate(derivation: string): { value: string; stated: string; terms: Term[] } {
  const [sum, stated, ...rest] = derivation.split(' = ');
  if (sum === undefined || stated === undefined || rest.length > 0) throw new Error(`no sum and result: ${derivation}`);
  const terms = splitOutside(sum, ' + ').map(readTerm);
  const total = terms.map(({ value }) => value).reduce(plus, { digits: 0n, places: 0 });
  return { value: text(total), stated: stated.trim(), terms };
}

export interface Term {
  readonly factors: readonly string[];
  readonly per: string;
  readonly name: string;
  readonly value: Exact;
}

interface Exact {
  readonly digits: bigint;
  /** Decimal places. */
  readonly places: number;
}

function readTerm(term: string): Term {
  const [, product, per, name] = /^(.*) \/ ([\d,]+) \[(.+)\]$/.exec(term.trim()) ?? [];
  if (product === undefined || per === undefined || name === undefined) throw new Error(`no term: ${term}`);
  const plain = per.replaceAll(',', '');
  if (!/^10*$/.test(plain)) throw new Error(`no power of ten: ${per}`);
  const factors = splitOutside(product, ' × ');
  const { digits, places } = factors.map(readFactor).reduce(times);
  return { factors, per: plain, name, value: { digits, places: places + plain.length - 1 } };
}

function readFactor(factor: string): Exact {
  const [, inner] = /^\((.*)\)$/.exec(factor) ?? [];
  if (inner === undefined) return readNumber(factor);
  return inner
    .replaceAll(' − ', ' + −')
    .split(' + ')
    .map((number) => {
      const { digits, places } = readNumber(number.replace(/^−/, ''));
      return { digits: number.startsWith('−') ? -digits : digits, places };
    })
    .reduce(plus);
}

function readNumber(number: string): Exact {
  const [, whole, fraction = ''] = /^(\d{1,3}(?:,\d{3})*|\d+)(?:\.(\d+))?$/.exec(number.trim()) ?? [];
  if (whole === undefined) throw new Error(`no number: ${number}`);
  return { digits: BigInt(whole.replaceAll(',', '') + fraction), places: fraction.length };
}

function plus(left: Exact, right: Exact): Exact {
  const places = Math.max(left.places, right.places);
  const scaled = ({ digits, places: own }: Exact) => digits * 10n ** BigInt(places - own);
  return { digits: scaled(left) + scaled(right), places };
}

function times(left: Exact, right: Exact): Exact {
  return { digits: left.digits * right.digits, places: left.places + right.places };
}

function text({ digits, places }: Exact): string {
  const padded = String(digits).padStart(places + 1, '0');
  const whole = padded.slice(0, padded.length - places);
  const fraction = padded.slice(padded.length - places).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** Splits where no parenthesis or bracket is open. */
function splitOutside(line: string, separator: string): string[] {
  const pieces = [''];
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if ('(['.includes(character)) depth++;
    if (')]'.includes(character)) depth--;
    if (depth === 0 && line.startsWith(separator, at)) {
      pieces.push('');
      at += separator.length - 1;
    } else pieces.push(`${pieces.pop()}${character}`);
  }
  return pieces;
}
