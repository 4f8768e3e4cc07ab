import { dateFormat, numberFormat } from '../../language/message.js';
import { text } from '../texts/texts.js';

const timeOf = (date: Date) => dateFormat({ hour: '2-digit', minute: '2-digit' }).format(date);
const dayOf = (date: Date) => dateFormat({ day: 'numeric', month: 'short', year: 'numeric' }).format(date);

/** The time if it is today, otherwise the day and the time. */
export function formatTime(iso: string): string {
  const date = new Date(iso);
  return isToday(date) ? timeOf(date) : `${dayOf(date)}, ${timeOf(date)}`;
}

/** When something ends, after the verb: `today at 18:00`, `on 3 Dec 2026`; with the time if that is within two days. */
export function formatExpiry(iso: string): string {
  const date = new Date(iso);
  const time = timeOf(date);
  if (isToday(date)) return text('moment.today', { time });
  const isNear = date.getTime() - Date.now() < 2 * 24 * 60 * 60 * 1000;
  const day = dayOf(date);
  return isNear ? text('moment.dayAndTime', { day, time }) : text('moment.day', { day });
}

function isToday(date: Date): boolean {
  return date.toDateString() === new Date().toDateString();
}

export function formatDate(iso: string): string {
  return dayOf(new Date(iso));
}

/** A whole number with separators. */
export function formatCount(number: number): string {
  return numberFormat().format(number);
}
