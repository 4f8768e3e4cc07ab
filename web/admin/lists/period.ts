import { text } from '../texts/texts.js';
import { dateFormat } from '../../language/message.js';

/** The periods of one click; `sinceDays` counts whole days, 0 being since midnight, and null is for all time. */
export const presets = () => [
  { name: text('period.today'), sinceDays: 0 },
  { name: text('period.week'), sinceDays: 6 },
  { name: text('period.month'), sinceDays: 29 },
  { name: text('period.any'), sinceDays: null },
];

/** The midnight of some days ago in the time zone of the browser, as an input of the browser has it. */
export function localMoment(daysAgo: number, now = new Date()): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo);
  const part = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${part(day.getMonth() + 1)}-${part(day.getDate())}T00:00`;
}

/** A period in words; both ends may be empty. */
export function periodText(from: string, to: string): string {
  const [first, end] = [endText(from), endText(to)];
  if (first === null) return end === null ? text('period.anyTime') : text('period.beforeEnd', { end });
  return end === null ? text('period.since', { first }) : text('period.between', { first, end });
}

/** An end of the period; null if it is open. */
function endText(local: string): string | null {
  const moment = new Date(local);
  if (local === '' || Number.isNaN(moment.getTime())) return null;
  const isDay = local.endsWith('T00:00');
  return dateFormat({ dateStyle: 'medium', ...(isDay ? {} : { timeStyle: 'short' }) }).format(moment);
}
