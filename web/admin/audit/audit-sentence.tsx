import { UserLink } from '../ui/user-link.js';
import type { ListedAuditEvent } from '../../api/api-objects.js';
import { actionPhrase } from './audit-actions.js';

/** One event of the audit log, as a sentence. */
export function AuditSentence({ event }: { event: ListedAuditEvent }) {
  const { action, user_id, username, actor_id, actor_username, service_key_id } = event;
  const actor = service_key_id ?? actor_id;
  if (actor !== null && user_id !== null && actor !== user_id) {
    return (
      <span>
        <Actor event={event} /> {actionPhrase(action, true)} <UserLink id={user_id} username={username} />
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

function Actor({ event }: { event: ListedAuditEvent }) {
  const { actor_id, actor_username, service_key_id } = event;
  if (service_key_id !== null) return <span title={service_key_id}>A service key</span>;
  return actor_id === null ? null : <UserLink id={actor_id} username={actor_username} />;
}
