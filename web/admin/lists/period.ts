/** The periods of one click; `sinceDays` counts whole days, 0 being since midnight, and null is for all time. */
export const presets = [
  { name: 'Today', sinceDays: 0 },
  { name: 'Last 7 days', sinceDays: 6 },
  { name: 'Last 30 days', sinceDays: 29 },
  { name: 'Any time', sinceDays: null },
] as const;

/** The midnight of some days ago in the time zone of the browser, as an input of the browser has it. */
export function localMoment(daysAgo: number, now = new Date()): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo);
  const part = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${part(day.getMonth() + 1)}-${part(day.getDate())}T00:00`;
}

const shortMoment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const shortDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** A period in words; both ends may be empty. */
export function periodText(from: string, to: string): string {
  const [first, end] = [endText(from), endText(to)];
  if (first === null) return end === null ? 'any time' : `before ${end}`;
  return end === null ? `since ${first}` : `${first} to ${end}`;
}

/** An end of the period; null if it is open. */
function endText(local: string): string | null {
  const moment = new Date(local);
  if (local === '' || Number.isNaN(moment.getTime())) return null;
  return (local.endsWith('T00:00') ? shortDay : shortMoment).format(moment);
}
