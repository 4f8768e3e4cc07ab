import type { MouseEvent } from 'react';
import { Link, useCreatePath } from 'react-admin';
import { Timestamp } from './timestamp.js';

/** The time of a record, as a link to its page. */
export function RecordLink({ resource, id, at }: { resource: string; id: string; at: string }) {
  const createPath = useCreatePath();
  return (
    <Link
      to={createPath({ resource, type: 'show', id })}
      onClick={(event: MouseEvent) => {
        event.stopPropagation();
      }}
    >
      <Timestamp at={at} />
    </Link>
  );
}
