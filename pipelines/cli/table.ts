/** A plain table: texts to the left, numbers to the right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const isNumber = header.map((_, column) => rows.every((row) => /^-?[0-9.]+$/.test(row[column]!)));
  return align([header, ...rows], isNumber);
}

/** Lines whose first cell is a count; texts to the left. */
export function columns(rows: readonly (readonly string[])[]): string {
  return align(rows, [true]);
}

function align(rows: readonly (readonly string[])[], toTheRight: readonly boolean[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (toTheRight[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
