import type { MouseEvent } from 'react';
import { Link, useCreatePath } from 'react-admin';
import { OneLine } from './one-line.js';

interface UserLinkProps {
  id: string | null;
  username: string | null;
}

/** Leads to an account, whoever it is on record of; an erased one has no page. */
export function UserLink({ id, username }: UserLinkProps) {
  const createPath = useCreatePath();
  if (id === null) return <span>—</span>;
  if (username === null) return <span title={id}>erased account …{id.slice(-8)}</span>;
  return (
    <Link
      to={createPath({ resource: 'users', type: 'show', id })}
      onClick={(event: MouseEvent) => {
        event.stopPropagation();
      }}
    >
      <OneLine text={username} />
    </Link>
  );
}
