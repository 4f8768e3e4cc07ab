import type { EmailChange } from '../../domain/users/email-change.js';
import type { CancelEmailOutcome, EmailChangeStore } from '../../ports/email-change-store.js';
import type { Database, Queryable } from './database.js';
import { takenName } from './insert-user.js';
import { onlyRow } from './read-rows.js';

const changes = `
  select id, former_email, email, requested_at, took_effect_at, cancellable_until
  from email_changes
  where user_id = $1 and (cancellable_until is null or cancellable_until > now())
  order by took_effect_at desc nulls first, id desc`;

// Locks both accounts in one order before either is changed, so that two cancellations cannot deadlock.
const lockAccounts = `
  select id from users where id = $1 or email_key = $2 order by id for no key update`;

const findFormer = `
  select former_email_key from email_changes
  where user_id = $1 and cancel_digest = decode($2, 'hex') and took_effect_at is not null`;

const findChange = `
  select c.id, c.former_email, c.former_email_key, c.took_effect_at is null as is_pending, u.username, u.email as replaced_email,
    coalesce(
      (select email_verified from users where email_key = c.former_email_key and id <> $1), false) as is_taken
  from email_changes c join users u on u.id = c.user_id
  where c.user_id = $1 and c.cancel_digest = decode($2, 'hex') and u.status = 'active'
    and (c.cancellable_until is null or c.cancellable_until > now())`;

/** Deletes the pending change of the account $1. */
export const deletePending = `delete from email_changes where user_id = $1 and took_effect_at is null`;

/**
 * Deletes the changes of the account $1 that took effect and cannot be cancelled. If $2 is true, which means that an
 * administrator made the change, deletes all changes.
 */
export const deleteUncancellable = `
  delete from email_changes where user_id = $1 and ($2 or (took_effect_at is not null and cancel_digest is null))`;

// Removes the address from an account that has not confirmed it.
const releaseAddress = `
  update users set email = null, email_key = null, email_verified = false
  where email_key = $2 and id <> $1 and not email_verified`;

const restoreEmail = `
  with forgotten as (
    delete from email_changes
    where user_id = $1 and (took_effect_at is null or took_effect_at >= (
      select took_effect_at from email_changes where user_id = $1 and id = $2))
  ), ended as (
    delete from sessions where user_id = $1
  ), unlinked as (
    delete from one_time_tokens where user_id = $1
  ), restored as (
    update users set email = $3, email_key = $4, email_verified = true where id = $1 returning id
  )
  select id from restored`;

const purgeExpired = `delete from email_changes where cancellable_until <= now() returning id`;

interface ChangeRow {
  id: string;
  former_email: string | null;
  email: string | null;
  requested_at: Date;
  took_effect_at: Date | null;
  cancellable_until: Date | null;
}

interface CancelledRow {
  id: string;
  former_email: string;
  former_email_key: string;
  is_pending: boolean;
  username: string;
  replaced_email: string | null;
  is_taken: boolean;
}

/** Email changes in PostgreSQL. */
export function postgresEmailChangeStore(database: Database): EmailChangeStore {
  return {
    async changes(userId) {
      const rows = await database.query<ChangeRow>({ text: changes, values: [userId] });
      return rows.map(changeOf);
    },
    async cancel({ userId, digest, kind }) {
      if (kind !== 'email_cancellation') return { outcome: 'invalid' };
      try {
        return await database.transaction((within) => cancelWithin(within, userId, digest));
      } catch (error) {
        // Another account registered with the former address concurrently.
        if (takenName(error).outcome !== 'email_taken') throw error;
        return { outcome: 'email_taken' };
      }
    },
    async purgeExpired() {
      return (await database.query({ text: purgeExpired })).length;
    },
  };
}

async function cancelWithin(within: Queryable, userId: string, digest: string): Promise<CancelEmailOutcome> {
  const former = { text: findFormer, values: [userId, digest] };
  const [found] = await within.query<{ former_email_key: string | null }>(former);
  await within.query({ text: lockAccounts, values: [userId, found?.former_email_key ?? null] });
  const [change] = await within.query<CancelledRow>({ text: findChange, values: [userId, digest] });
  if (change === undefined) return { outcome: 'invalid' };
  if (change.is_pending) {
    await within.query({ text: deletePending, values: [userId] });
    return { outcome: 'cancelled' };
  }
  if (change.is_taken) return { outcome: 'email_taken' };
  const { username, former_email: email, former_email_key: emailKey, replaced_email: replacedEmail } = change;
  await within.query({ text: releaseAddress, values: [userId, emailKey] });
  onlyRow(await within.query({ text: restoreEmail, values: [userId, change.id, email, emailKey] }));
  return { outcome: 'restored', username, email, replacedEmail };
}

function changeOf(row: ChangeRow): EmailChange {
  return {
    id: row.id,
    formerEmail: row.former_email,
    email: row.email,
    requestedAt: row.requested_at,
    tookEffectAt: row.took_effect_at,
    cancellableUntil: row.cancellable_until,
  };
}
