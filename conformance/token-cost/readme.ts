const BEGIN = '<!-- scores: written by run.ts --write -->';
const END = '<!-- /scores -->';

/** The README with the table between its marks. */
export function readmeWith(readme: string, table: string): string {
  const [before, rest] = readme.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined) throw new Error(`The README has no ${BEGIN} … ${END}.`);
  return `${before}${BEGIN}\n${table}\n${END}${after}`;
}
