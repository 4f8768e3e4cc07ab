import type { MouseEvent } from 'react';
import { Link, useCreatePath } from 'react-admin';
import { TruncatedText } from './truncated-text.js';
import { text } from '../texts/texts.js';

interface UserLinkProps {
  id: string | null;
  username: string | null;
}

/** A link to the page of a user. An erased account has no page. */
export function UserLink({ id, username }: UserLinkProps) {
  const createPath = useCreatePath();
  if (id === null) return <span>—</span>;
  if (username === null) return <span title={id}>{text('user.erasedId', { id: id.slice(-8) })}</span>;
  return (
    <Link
      to={createPath({ resource: 'users', type: 'show', id })}
      onClick={(event: MouseEvent) => {
        event.stopPropagation();
      }}
    >
      <TruncatedText text={username} />
    </Link>
  );
}
