/** Returns the first and last of `count` days in UTC, the last being today, such as `2030-01-31`. */
export function lastDays(count: number, now = new Date()): { from: string; to: string } {
  const first = new Date(now.getTime() - (count - 1) * 24 * 60 * 60 * 1000);
  return { from: dayOf(first), to: dayOf(now) };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
