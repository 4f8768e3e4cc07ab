/** A row of the table of loads. What was not measured is null. */
export interface Row {
  load: string;
  connections: number;
  perSecond: number;
  p50Ms: number | null;
  p99Ms: number | null;
  /** CPU time for one request, in microseconds. */
  serverMicroseconds: number | null;
  databaseMicroseconds: number | null;
  /** What share of the limit it reaches, and of the limit of batched statements. */
  ofLimit: number | null;
  ofBatchedLimit: number | null;
}

/** A measured figure, and whether it meets its requirement, which is empty if there is none. */
export interface Figure {
  name: string;
  required: string;
  measured: string;
  isMet: boolean;
}

/** Returns a figure that must not be lower. */
export function atLeast(name: string, figure: number, least: number): Figure {
  const measured = Number.isInteger(figure) ? String(figure) : figure.toFixed(2);
  return { name, required: `≥ ${least}`, measured, isMet: figure >= least };
}

/** Returns a figure that must not be higher. */
export function atMost(name: string, figure: number, most: number, unit = ''): Figure {
  const measured = `${Number.isInteger(figure) ? figure : figure.toFixed(1)}${unit}`;
  return { name, required: `≤ ${most}${unit}`, measured, isMet: figure <= most };
}

const headings = [
  'load',
  'connections',
  'a second',
  'p50',
  'p99',
  'server CPU',
  'PostgreSQL CPU',
  'of the limit',
  'of the batched limit',
];

/** Returns the loads as a table of Markdown. */
export function loadTable(rows: readonly Row[]): string {
  return markdownTable(headings, rows.map(cellsOf));
}

function cellsOf(row: Row): string[] {
  const ifMeasured = (figure: number | null, text: (figure: number) => string) =>
    figure === null ? '' : text(figure);
  const milliseconds = (figure: number | null) =>
    ifMeasured(figure, (ms) => `${ms.toFixed(ms < 10 ? 2 : 0)} ms`);
  const microseconds = (figure: number | null) => ifMeasured(figure, (us) => `${us.toFixed(0)} µs`);
  const share = (figure: number | null) => ifMeasured(figure, (ratio) => ratio.toFixed(2));
  return [
    row.load,
    String(row.connections),
    row.perSecond.toFixed(row.perSecond < 100 ? 1 : 0),
    milliseconds(row.p50Ms),
    milliseconds(row.p99Ms),
    microseconds(row.serverMicroseconds),
    microseconds(row.databaseMicroseconds),
    share(row.ofLimit),
    share(row.ofBatchedLimit),
  ];
}

/** Returns the figures as a table of Markdown. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, required, measured, isMet }) => [
    name,
    required,
    measured,
    required === '' ? '' : isMet ? 'met' : 'missed',
  ]);
  return markdownTable(['figure', 'required', 'measured', ''], rows);
}

/** The first column is text, all others are numbers. */
function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join(' | ')} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}
