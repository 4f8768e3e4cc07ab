import * as v from 'valibot';

const unitsMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The longest is what a timer can wait at most. */
export const longestTimer = '24d';

/** A duration as settings have it, such as `30s`, in milliseconds. */
export function duration(longest = '36500d') {
  const message = `must be a duration such as 30s, 15m, 24h or 30d, at most ${longest}`;
  return v.pipe(
    v.string(message),
    v.regex(/^[1-9]\d{0,5}[smhd]$/, message),
    v.transform(millisecondsOf),
    v.maxValue(millisecondsOf(longest), message),
  );
}

/** The milliseconds of a duration that is known to be one. */
export function millisecondsOf(text: string): number {
  return Number(text.slice(0, -1)) * (unitsMs[text.slice(-1)] ?? 0);
}
