import type { EraseOutcome } from '../../ports/user-store.js';
import type { Queryable } from './database.js';
import { isLastAdmin } from './last-admin.js';

// The balance is locked before the exchanges, as by everybody who needs both.
const lockBalance = `select balance from balances where user_id = $1 for update`;

const closeBalance = `
  with ended as (
    update exchanges set status = 'failed', hold_state = 'released', ended_at = now()
    where user_id = $1 and hold_state = 'open'
    returning held
  )
  update balances set balance = balance + (select coalesce(sum(held), 0)::bigint from ended), closed_at = now()
  where user_id = $1`;

const blankTexts = `
  update exchanges
  set message = '', reply = case when reply is null then null else '' end, tool_calls = null, erased = true,
    idempotency_key = null, request_fingerprint = null
  where user_id = $1`;

const removeConversations = `delete from conversations where user_id = $1`;

// Where an administrator came from who did something to the account is not the account's.
const blankOrigins = `
  update audit_events set address = null, user_agent = null
  where actor_id = $1 or (user_id = $1 and actor_id is null)`;

// What refers to users goes with it: sessions, auth tokens, keys.
const removeUser = `delete from users where id = $1 returning id`;

/** Erases an account within a transaction. From `lockBalance` on no chat can begin: it waits, and then has no funds. */
export async function eraseUser(within: Queryable, userId: string): Promise<EraseOutcome> {
  if (await isLastAdmin(within, userId)) return 'last_admin';
  await within.query({ text: lockBalance, values: [userId] });
  await within.query({ text: closeBalance, values: [userId] });
  await within.query({ text: blankTexts, values: [userId] });
  await within.query({ text: removeConversations, values: [userId] });
  await within.query({ text: blankOrigins, values: [userId] });
  const removed = await within.query({ text: removeUser, values: [userId] });
  return removed.length > 0 ? 'erased' : 'missing';
}
