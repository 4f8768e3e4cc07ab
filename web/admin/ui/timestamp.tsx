import { dateFormat } from '../../language/message.js';

/** A time in the time zone of the browser, with the time in UTC as its tooltip. */
export function Timestamp({ at, absent = '—' }: { at: string | null; absent?: string }) {
  if (at === null) return <span>{absent}</span>;
  const time = new Date(at);
  return (
    <time
      dateTime={at}
      title={`${time.toISOString().replace('T', ' ').replace('Z', '')} UTC`}
      style={{ whiteSpace: 'nowrap' }}
    >
      {dateFormat({ dateStyle: 'medium', timeStyle: 'medium' }).format(time)}
    </time>
  );
}
