import { UserLink } from '../look/user-link.js';
import { verbOf, type AuditEvent } from './audit-event.js';

/** Who did what to whom. */
export function AuditSentence({ event }: { event: AuditEvent }) {
  const { action, user_id, username, actor_id, actor_username } = event;
  const isToOther = actor_id !== null && user_id !== null && actor_id !== user_id;
  if (isToOther) {
    return (
      <span>
        <UserLink id={actor_id} username={actor_username} /> {verbOf(action, true)}{' '}
        <UserLink id={user_id} username={username} />
      </span>
    );
  }
  const id = user_id ?? actor_id;
  return (
    <span>
      {id === null ? 'Somebody unknown' : <UserLink id={id} username={username ?? actor_username} />}{' '}
      {verbOf(action, false)}
    </span>
  );
}
