import * as v from 'valibot';
import { durationPattern, formatDuration, millisecondsOf } from '../../domain/duration.js';
import type { Limit } from '../../domain/limits/rate-limits.js';

/** The longest duration that a timer of Node can wait. */
const longestTimer = '24d';

/** A duration such as `30s`, in milliseconds. */
export function duration(longest = '36500d', prefix = 'must be') {
  const message = `${prefix} a duration such as 30s, 15m, 24h or 30d, at most ${longest}`;
  return v.pipe(
    v.string(message),
    v.regex(durationPattern, message),
    v.transform(millisecondsOf),
    v.maxValue(millisecondsOf(longest), message),
  );
}

/** A duration for which a timer waits, in milliseconds. */
export function timeout() {
  return duration(longestTimer);
}

/** A duration for which a timer waits, or `word` for `value`. */
export function timeoutOr<Value>(word: string, value: Value) {
  const literal = v.pipe(
    v.literal(word),
    v.transform(() => value),
  );
  const timer = duration(longestTimer, `must be ${word} or`);
  return v.pipe(
    v.string(),
    v.lazy((text) => (text === word ? literal : timer)),
  );
}

/** At most so many in a window, such as `60/1m`. */
export function rate() {
  const message = `must be a rate such as 60/1m or 20/1h, in a window of at most ${longestTimer}`;
  return v.pipe(
    v.string(),
    v.regex(/^[1-9]\d{0,5}\/[1-9]\d{0,5}[smhd]$/, message),
    v.transform((text): Limit => {
      const [max = '', window = ''] = text.split('/');
      return { max: Number(max), windowMs: millisecondsOf(window) };
    }),
    v.check(({ windowMs }) => windowMs <= millisecondsOf(longestTimer), message),
  );
}

/** Writes a limit as a rate. */
export function formatRate({ max, windowMs }: Limit): string {
  return `${max}/${formatDuration(windowMs)}`;
}
