import type { IncomingHttpHeaders } from 'node:http';

/** About eleven days; a longer wait is ignored. */
const longestSeconds = 1_000_000;

/**
 * Returns the seconds after which a provider allows the next request, from `retry-after-ms` or `Retry-After` (RFC 9110,
 * section 10.2.3: seconds or a date; some send fractions). Null if the response has neither.
 */
export function retryAfterSeconds(headers: IncomingHttpHeaders, now: Date): number | null {
  const milliseconds = headers['retry-after-ms'];
  return (
    (typeof milliseconds === 'string' ? inRange(numberOf(milliseconds) / 1000) : null) ??
    secondsOf(headers['retry-after'] ?? '', now)
  );
}

function secondsOf(value: string, now: Date): number | null {
  const seconds = numberOf(value);
  if (!Number.isNaN(seconds)) return inRange(seconds);
  const untilMs = Date.parse(value) - now.getTime();
  return Number.isNaN(untilMs) ? null : inRange(Math.max(0, Math.ceil(untilMs / 1000)));
}

function numberOf(value: string): number {
  return value.trim() === '' ? Number.NaN : Number(value);
}

function inRange(seconds: number): number | null {
  return seconds >= 0 && seconds <= longestSeconds ? seconds : null;
}
