import { maxCredits } from '../../domain/ledger/entry.js';
import type { EraseOutcome } from '../../ports/user-store.js';
import type { Queryable } from './database.js';
import { insertEvents } from './event-rows.js';
import { isLastAdmin } from './last-admin.js';

// Lock order: the balance before the exchanges.
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
  set message = '', reply = case when reply is null then null else '' end, tool_calls = null, attachments = null,
    attachment_list = null, reply_parts = null, stop_sequence = null, details = null,
    erased = true, idempotency_key = null, request_fingerprint = null, end_key = null, end_fingerprint = null
  where user_id = $1`;

// An erased account is notified no more that its balance falls.
const removeCaps = `
  with uncapped as (
    update balances set has_caps = false, low_balance = null, alert_below = 0, alert_ends_at = ${maxCredits}
    where user_id = $1
  ), forgotten as (
    delete from cap_counters where user_id = $1
  )
  delete from caps where user_id = $1`;
const removeAllowance = `delete from allowances where user_id = $1`;

const removeConversations = `delete from conversations where user_id = $1`;

// Keeps the origin of administrators and service keys that changed the account: it is their data.
const blankOrigins = `
  update audit_events set address = null, user_agent = null
  where actor_id = $1 or (user_id = $1 and actor_id is null and service_key_id is null)`;

const blankDetails = `update audit_events set details = null where user_id = $1 and details is not null`;

// Also deletes sessions, auth tokens and API keys, which reference users with `on delete cascade`.
const removeUser = `delete from users where id = $1 returning id`;

/** Erases an account within a transaction. After `lockBalance`, no chat can begin: it waits, and then finds no account. */
export async function eraseUser(within: Queryable, userId: string): Promise<EraseOutcome> {
  if (await isLastAdmin(within, userId)) return 'last_admin';
  await within.query({ text: lockBalance, values: [userId] });
  await within.query({ text: closeBalance, values: [userId] });
  await within.query({ text: blankTexts, values: [userId] });
  await within.query({ text: removeCaps, values: [userId] });
  await within.query({ text: removeAllowance, values: [userId] });
  await within.query({ text: removeConversations, values: [userId] });
  await within.query({ text: blankOrigins, values: [userId] });
  await within.query({ text: blankDetails, values: [userId] });
  const removed = await within.query({ text: removeUser, values: [userId] });
  if (removed.length === 0) return 'missing';
  await insertEvents(within, userId, [{ type: 'account.erased', data: {} }]);
  return 'erased';
}
