import { UserLink } from '../ui/user-link.js';
import type { ListedAuditEvent } from '../../api/api-objects.js';
import { richText, text } from '../texts/page-texts.js';
import { ownSentence, sentenceByOther } from './audit-actions.js';

/** One event of the audit log, as a sentence. */
export function AuditSentence({ event }: { event: ListedAuditEvent }) {
  const { action, user_id, username, actor_id, actor_username, service_key_id } = event;
  const actor = service_key_id ?? actor_id;
  const name = action.replaceAll('_', ' ');
  if (actor !== null && user_id !== null && actor !== user_id) {
    const values = { actor: <Actor event={event} />, account: <UserLink id={user_id} username={username} /> };
    const key = sentenceByOther(action);
    return (
      <span>
        {key === null
          ? richText('audit.unknownActionByOther', { ...values, action: name })
          : richText(key, values)}
      </span>
    );
  }
  const id = user_id ?? actor_id;
  const account =
    id === null ? text('audit.unknownUser') : <UserLink id={id} username={username ?? actor_username} />;
  const key = ownSentence(action);
  return (
    <span>
      {key === null ? richText('audit.unknownAction', { account, action: name }) : richText(key, { account })}
    </span>
  );
}

function Actor({ event }: { event: ListedAuditEvent }) {
  const { actor_id, actor_username, service_key_id } = event;
  if (service_key_id !== null) return <span title={service_key_id}>{text('audit.serviceKey')}</span>;
  return actor_id === null ? null : <UserLink id={actor_id} username={actor_username} />;
}
