const dayMs = 24 * 60 * 60 * 1000;

/** The path of a list with its filters. */
export function listPath(resource: string, filters: Record<string, string>): string {
  return `/${resource}?filter=${encodeURIComponent(JSON.stringify(filters))}`;
}

/** The filters of one day in UTC, such as `2030-01-31`. */
export function wholeDay(day: string): { from: string; to: string } {
  return { from: localInput(startOf(day)), to: localInput(startOf(day) + dayMs) };
}

/** The filter of the time since the start of a day in UTC. */
export function sinceDay(day: string): { from: string } {
  return { from: localInput(startOf(day)) };
}

function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** A moment in the time zone of the browser, as an input of the browser has it. */
function localInput(timeMs: number): string {
  const offsetMs = new Date(timeMs).getTimezoneOffset() * 60_000;
  return new Date(timeMs - offsetMs).toISOString().slice(0, 16);
}
