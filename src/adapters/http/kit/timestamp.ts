import * as v from 'valibot';
import { string } from './body-fields.js';

const message = 'Must be a time such as 2030-01-31T12:00:00Z.';

/** A time that every store can save. */
export const timestamp = v.pipe(
  string,
  v.isoTimestamp(message),
  v.check(isInCalendar, message),
  v.transform((text) => new Date(text)),
  v.check(isStorable, message),
);

const dayMs = 24 * 60 * 60 * 1000;
const dayMessage = 'Must be a day such as 2030-01-31.';

/** The beginning of a day in UTC. */
export const calendarDay = v.pipe(
  string,
  v.isoDate(dayMessage),
  v.check(isInCalendar, dayMessage),
  v.transform((text) => new Date(`${text}T00:00:00Z`)),
  v.check(isStorable, dayMessage),
);

const rangeMessage = 'Must be a time such as 2030-01-31T12:00:00Z, or a day such as 2030-01-31.';

/** The start of a range: a time, or a day in UTC. */
export const rangeStart = v.union([calendarDay, timestamp], rangeMessage);

/** The end of a range, exclusive: a time, or the end of a day in UTC. */
export const rangeEnd = v.union(
  [
    v.pipe(
      calendarDay,
      v.transform((date) => new Date(date.getTime() + dayMs)),
      v.check(isStorable),
    ),
    timestamp,
  ],
  rangeMessage,
);

/** Returns false for 30 February, which `Date` would read as a day in March. */
function isInCalendar(text: string): boolean {
  const day = text.slice(0, 10);
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

function isStorable(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1970 && year <= 9999;
}
