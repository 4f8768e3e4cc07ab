const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** A moment in the reader's own zone; pointing at it shows it in UTC. */
export function Moment({ at, absent = '—' }: { at: string | null; absent?: string }) {
  if (at === null) return <span>{absent}</span>;
  const moment = new Date(at);
  return (
    <time
      dateTime={at}
      title={`${moment.toISOString().replace('T', ' ').replace('Z', '')} UTC`}
      style={{ whiteSpace: 'nowrap' }}
    >
      {local.format(moment)}
    </time>
  );
}
