/** The lengths of a window of time, by the calendar. `total` is all of time. */
export const windowLengths = ['hour', 'day', 'week', 'month', 'total'] as const;
/** How long a window of time is. */
export type WindowLength = (typeof windowLengths)[number];

/** A window of time: from `start` (inclusive) to `end` (exclusive). */
export interface Window {
  length: WindowLength;
  start: Date;
  /** Null for `total`, which never ends. */
  end: Date | null;
}

/** A window that ends. */
export interface Period extends Window {
  end: Date;
}

/**
 * Returns the window of the calendar that contains a moment. All windows of one length follow each other without a gap, also
 * where clocks are set forward or back: a day then has 23 or 25 hours, and a day whose midnight does not exist begins with
 * its first moment. A week begins on Monday. An hour ends early where a change of clocks interrupts it.
 *
 * @param length The length of the window.
 * @param now The moment.
 * @param timeZone The name of a time zone, such as `Europe/Berlin`.
 */
export function windowAt(length: Exclude<WindowLength, 'total'>, now: Date, timeZone: string): Period;
export function windowAt(length: WindowLength, now: Date, timeZone: string): Window;
export function windowAt(length: WindowLength, now: Date, timeZone: string): Window {
  if (length === 'total') return { length, start: new Date(0), end: null };
  const nowMs = now.getTime();
  const [startMs, endMs] =
    length === 'hour' ? hourAt(nowMs, timeZone) : periodAt(firstDays[length], nowMs, timeZone);
  return { length, start: new Date(startMs), end: new Date(endMs) };
}

/** Returns null if the name is one of a time zone, otherwise what is wrong with it. */
export function validateTimeZone(timeZone: string): string | null {
  try {
    wallClockOf(timeZone);
    return null;
  } catch {
    return 'must be the name of a time zone, such as UTC or Europe/Berlin';
  }
}

/** Returns the date in a time zone, as `2026-11-30`. */
export function localDate(moment: Date, timeZone: string): string {
  const dayMs = dayNumber(wallClock(moment.getTime(), timeZone)) * msOfDay;
  return new Date(dayMs).toISOString().slice(0, 10);
}

const msOfHour = 60 * 60 * 1000;
const msOfDay = 24 * msOfHour;

/** Days are numbered from 1970-01-01, a Thursday. */
type DayNumber = number;

/** The first days of the period that contains a day, and of the one after it. */
type FirstDays = (day: DayNumber) => [DayNumber, DayNumber];

const firstDays: Record<'day' | 'week' | 'month', FirstDays> = {
  day: (day) => [day, day + 1],
  week: (day) => {
    const monday = day - ((((day + 3) % 7) + 7) % 7);
    return [monday, monday + 7];
  },
  month: (day) => {
    const date = new Date(day * msOfDay);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    return [Date.UTC(year, month, 1) / msOfDay, Date.UTC(year, month + 1, 1) / msOfDay];
  },
};

/**
 * The bounds of a period of whole days. Local dates can go back for a moment where clocks are set back over midnight; the
 * bounds of the days do not, and they decide.
 */
function periodAt(firstDaysOf: FirstDays, nowMs: number, timeZone: string): [number, number] {
  let day = dayNumber(wallClock(nowMs, timeZone));
  while (startOfDay(day, timeZone) > nowMs) day -= 1;
  while (startOfDay(day + 1, timeZone) <= nowMs) day += 1;
  const [first, next] = firstDaysOf(day);
  return [startOfDay(first, timeZone), startOfDay(next, timeZone)];
}

function startOfDay(day: DayNumber, timeZone: string): number {
  const midnight = day * msOfDay;
  // The offset at midnight is found by that of a moment near it.
  const nearby = midnight - offsetAt(midnight, timeZone);
  const guess = midnight - offsetAt(nearby, timeZone);
  if (wallClock(guess, timeZone) === midnight && wallClock(guess - 1, timeZone) < midnight) return guess;
  return firstMomentWhere(midnight - 15 * msOfHour, midnight + 15 * msOfHour, (moment) => {
    return wallClock(moment, timeZone) >= midnight;
  });
}

function hourAt(nowMs: number, timeZone: string): [number, number] {
  const offset = offsetAt(nowMs, timeZone);
  const hasOffset = (moment: number) => offsetAt(moment, timeZone) === offset;
  const start = Math.floor((nowMs + offset) / msOfHour) * msOfHour - offset;
  const end = start + msOfHour;
  return [
    hasOffset(start) ? start : firstMomentWhere(start, nowMs, hasOffset),
    hasOffset(end - 1) ? end : firstMomentWhere(nowMs, end, (moment) => !hasOffset(moment)),
  ];
}

/** The first moment in (`before`, `from`] at which something is true that is false at `before` and true at `from`. */
function firstMomentWhere(before: number, from: number, isTrue: (moment: number) => boolean): number {
  let [low, high] = [before, from];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isTrue(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function dayNumber(wallClockMs: number): DayNumber {
  return Math.floor(wallClockMs / msOfDay);
}

function offsetAt(moment: number, timeZone: string): number {
  return wallClock(moment, timeZone) - moment;
}

/** What the clocks of a time zone show at a moment, as the moment at which those of UTC show the same. */
function wallClock(moment: number, timeZone: string): number {
  if (timeZone === 'UTC') return moment;
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of wallClockOf(timeZone).formatToParts(moment)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const wholeSeconds = Date.UTC(year, month - 1, day, hour, minute, second);
  return wholeSeconds + (((moment % 1000) + 1000) % 1000);
}

/** To create a format takes much longer than to use one. */
const wallClocks = new Map<string, Intl.DateTimeFormat>();

function wallClockOf(timeZone: string): Intl.DateTimeFormat {
  const known = wallClocks.get(timeZone);
  if (known !== undefined) return known;
  const created = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  wallClocks.set(timeZone, created);
  return created;
}
