const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const count = new Intl.NumberFormat();
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

/** The time if it is today, otherwise the day and the time. */
export function formatTime(iso: string): string {
  const date = new Date(iso);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? time.format(date) : `${day.format(date)}, ${time.format(date)}`;
}

/** When something ends, after the verb: `today at 18:00`, `on 3 Dec 2026`; with the time if that is within two days. */
export function formatExpiry(iso: string): string {
  const date = new Date(iso);
  const isToday = date.toDateString() === new Date().toDateString();
  if (isToday) return `today at ${time.format(date)}`;
  const isNear = date.getTime() - Date.now() < 2 * 24 * 60 * 60 * 1000;
  return isNear ? `on ${day.format(date)} at ${time.format(date)}` : `on ${day.format(date)}`;
}

export function formatDate(iso: string): string {
  return day.format(new Date(iso));
}

/** A whole number with separators. */
export function formatCount(number: number): string {
  return count.format(number);
}
