import type { Requirement } from './requirements.ts';

/** What to do where a rule of this kind is violated; undefined where its sentence says it already. */
export function hintFor({ check, column }: Requirement): string | undefined {
  return check && hints[check[0]]?.(column ?? 'the column', check);
}

const hints: Readonly<Record<string, (column: string, check: readonly unknown[]) => string>> = {
  ColumnPresent: (column) => `Add the column ${column}, spelled like this.`,
  FormatNumeric: () => 'Write digits with a point, no plus sign, no thousands separators: -1234.5 or 1.2E-7.',
  CheckDecimalValue: () => 'Write digits with a point, no plus sign, no thousands separators: -1234.5 or 1.2E-7.',
  TypeDecimal: (column) => `Deliver ${column} as a decimal.`,
  TypeDateTime: (column) => `Deliver ${column} as a timestamp that exists.`,
  FormatDateTime: () => 'Write times in UTC as YYYY-MM-DDTHH:MM:SSZ.',
  FormatCurrency: () => 'Write an ISO 4217 code in capitals, such as EUR; a virtual currency by its name.',
  CheckNationalCurrency: () => 'Write an ISO 4217 code in capitals, such as EUR.',
  FormatUnit: () => 'Write a capitalised plural or a combination that FOCUS lists: Hours, GB-Months, 1000 Requests.',
  FormatKeyValue: () => 'Write one flat JSON object: text, numbers, true, false or null as values, each key once.',
  FormatJSON: () => 'Write one JSON object whose arrays hold values of one type.',
  NoPlaceholder: () => 'Leave the field empty (CSV) or null.',
  OneOf: (column) => `Use a value that FOCUS allows for ${column}; they are case-sensitive.`,
  SubcategoryOfCategory: () => 'Choose the ServiceSubcategory from those of the ServiceCategory.',
  ColumnByColumnEqualsColumnValue: (_, [, price, quantity, cost]) =>
    `Correct ${price}, ${quantity} or ${cost}; the product is compared with all of its digits.`,
  CheckDistinctCount: (_, [, child, parent]) => `Give each ${child} one ${parent}.`,
  CheckNoDuplicates: (column) => `Keep one row for each ${column}.`,
};
