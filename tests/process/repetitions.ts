/** Returns `count`, or the smaller number of the environment variable `FIGURE`, with which a long test can be tried out. */
export function repetitions(count: number): number {
  const limit = Number(process.env['FIGURE'] ?? count);
  return Math.min(count, limit);
}
