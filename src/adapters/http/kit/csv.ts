/** One value of a table. */
export type CsvCell = string | number | boolean | null;

/** A row of a table as RFC 4180 has it. */
export function csvRow(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** What spreadsheets take for the beginning of a formula, in its full-width forms too. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

/** A text that could be taken for a formula gets an apostrophe before it; a number is none. */
function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = formulaStart.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
