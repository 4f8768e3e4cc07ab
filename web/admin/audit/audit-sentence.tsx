import { UserLink } from '../ui/user-link.js';
import type { ListedAuditEvent } from '../../api/types.js';
import { actionPhrase } from './audit-actions.js';

/** One event of the audit log, as a sentence. */
export function AuditSentence({ event }: { event: ListedAuditEvent }) {
  const { action, user_id, username, actor_id, actor_username } = event;
  const isToOther = actor_id !== null && user_id !== null && actor_id !== user_id;
  if (isToOther) {
    return (
      <span>
        <UserLink id={actor_id} username={actor_username} /> {actionPhrase(action, true)}{' '}
        <UserLink id={user_id} username={username} />
      </span>
    );
  }
  const id = user_id ?? actor_id;
  return (
    <span>
      {id === null ? 'An unknown user' : <UserLink id={id} username={username ?? actor_username} />}{' '}
      {actionPhrase(action, false)}
    </span>
  );
}
