/** A value of a CSV row. */
export type CsvCell = string | number | boolean | CsvDecimal | null;

/** A number in decimal digits that may have more of them than a floating-point number holds. */
export interface CsvDecimal {
  decimal: `${number}`;
}

/** Returns a CSV row (RFC 4180). */
export function csvRow(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Characters with which spreadsheets begin a formula, and their full-width forms. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

/** A string that a spreadsheet could run as a formula gets an apostrophe in front. */
function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return cell.decimal;
  if (typeof cell !== 'string') return String(cell);
  const text = formulaStart.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
