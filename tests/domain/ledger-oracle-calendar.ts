import type { AllowancePeriod } from '../../src/domain/metering/allowance.js';
import { windowAt, type WindowLength } from '../../src/domain/metering/window.js';

/**
 * The name of the window of the calendar that contains a moment. It is found by what clocks show, not by bounds, so that the two
 * check each other.
 */
export function windowName(length: WindowLength, atMs: number, timeZone: string): string {
  const { date, hour, offset } = wallClock(atMs, timeZone);
  switch (length) {
    case 'total':
      return 'total';
    case 'hour':
      return `hour ${date} ${hour} ${offset}`;
    case 'day':
      return `day ${date}`;
    case 'week':
      return `week ${mondayOf(date)}`;
    case 'month':
      return `month ${date.slice(0, 7)}-01`;
  }
}

/** When the period of an allowance ends. */
export function periodEndMs(every: AllowancePeriod, atMs: number, timeZone: string): number {
  return windowAt(every, new Date(atMs), timeZone).end.getTime();
}

function mondayOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(atMs: number, timeZone: string) {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' },
      ...{ hourCycle: 'h23', timeZoneName: 'longOffset' },
    });
  formats.set(timeZone, format);
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  return { date, hour: part('hour'), offset: part('timeZoneName') };
}
