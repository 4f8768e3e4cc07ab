import type { AuthTokenReference, OneTimeKind } from '../../domain/auth/auth-token.js';
import type { Addressee } from '../../domain/mails/compose-mail.js';
import type { ConfirmEmailOutcome, OneTimeTokenStore } from '../../ports/one-time-token-store.js';
import type { Database, Queryable, SqlValue } from './database.js';
import { deleteUncancellable } from './email-change-store.js';
import { takenName } from './insert-user.js';
import { moment } from './row-locks.js';
import { lockUser, removedKeysOf, type RemovedKeysRow } from './user-rows.js';

// Lock order: the account before its other rows, as in erasing an account.

/** Issues a one-time auth token to the account in `addressee`; $2 is the digest, $3 the lifetime in milliseconds. */
const issue = `
  insert into one_time_tokens (user_id, kind, digest, email_key, expires_at)
  select id, kind, decode($2, 'hex'), email_key, now() + $3::bigint * interval '1 millisecond' from addressee
  on conflict (user_id, kind) do update
  set digest = excluded.digest, email_key = excluded.email_key, created_at = excluded.created_at,
    expires_at = excluded.expires_at
  returning user_id`;

const issueConfirmation = `
  with addressee as (
    select u.id, u.username, coalesce(c.email, u.email) as email, coalesce(c.email_key, u.email_key) as email_key,
      'email_confirmation' as kind
    from users u left join email_changes c on c.user_id = u.id and c.took_effect_at is null
    where u.id = $1 and u.status = 'active'
      and (c.id is not null or (u.email_key is not null and not u.email_verified))
    for no key update of u
  ), issued as (${issue})
  select id, username, email from addressee where id in (select user_id from issued)`;

// Without an account, writes a message to the write-ahead log, so that the commit waits for the disk in both cases.
const issueReset = `
  with addressee as (
    select id, username, email, email_key, 'password_reset' as kind from users
    where email_key = $1 and status = 'active'
    for no key update
  ), issued as (${issue})
  select id, username, email, null as position from addressee where id in (select user_id from issued)
  union all
  select null, null, null, pg_logical_emit_message(true, 'metered-chat', '')::text
  where not exists (select 1 from addressee)`;

/** Selects the valid token of the account $1 with the digest $2 and the kind $3, if $3 is `kind`. */
const usable = (kind: OneTimeKind) => `
  from one_time_tokens t join users u on u.id = t.user_id and u.email_key = t.email_key
  where t.user_id = $1 and t.digest = decode($2, 'hex') and t.kind = $3 and t.kind = '${kind}'
    and t.expires_at > now() and u.status = 'active'`;

const findResetOwner = `select u.username, u.email ${usable('password_reset')}`;

// If several run concurrently, one deletes the row and the others find none. The updates compare the email again,
// because it can have changed since the statement started.
const consumed = (kind: OneTimeKind) => `
  delete from one_time_tokens
  where user_id = $1 and (user_id, kind) in (select t.user_id, t.kind ${usable(kind)} for no key update of u)
    and digest = decode($2, 'hex')
  returning user_id, email_key`;

const confirmEmail = `
  with consumed as (${consumed('email_confirmation')}), changed as (
    update users u set email_verified = true from consumed c
    where u.id = c.user_id and u.email_key = c.email_key and u.status = 'active'
    returning u.id
  )
  select id from changed`;

/** The pending change of the account $1 whose confirmation has the digest $2 and the kind $3. */
const findPending = `
  select c.id, c.by_admin
  from one_time_tokens t join users u on u.id = t.user_id
    join email_changes c on c.user_id = t.user_id and c.took_effect_at is null and c.email_key = t.email_key
  where t.user_id = $1 and t.digest = decode($2, 'hex') and t.kind = $3 and t.kind = 'email_confirmation'
    and t.expires_at > now() and u.status = 'active'`;

// Runs with the account locked, like every email change.
const confirmChange = `
  with effective as (
    update email_changes
    set took_effect_at = moment.now, cancellable_until = moment.later
    from ${moment('$3')}
    where user_id = $1 and id = $2
    returning user_id, email, email_key
  ), consumed as (
    delete from one_time_tokens where user_id = $1 and kind = 'email_confirmation'
  ), changed as (
    update users u set email = e.email, email_key = e.email_key, email_verified = true
    from effective e where u.id = e.user_id
    returning u.id
  )
  select id from changed`;

// Runs with the account locked, like every password change.
const resetPassword = `
  with consumed as (${consumed('password_reset')}), changed as (
    update users u
    set password_hash = $4, password_version = u.password_version + 1, email_verified = true
    from consumed c
    where u.id = c.user_id and u.email_key = c.email_key and u.status = 'active'
    returning u.id
  ), ended as (
    delete from sessions where user_id = $1 and exists (select 1 from changed)
  ), removed as (
    delete from api_keys where user_id = $1 and exists (select 1 from changed) returning id
  ), dropped as (
    delete from email_changes where user_id = $1 and exists (select 1 from changed) and took_effect_at is null
  )
  select (select count(*) from removed) as removed_keys from changed`;

const purgeExpired = `delete from one_time_tokens where expires_at <= now() returning user_id`;

interface AddresseeRow {
  id: string | null;
  username: string | null;
  email: string | null;
}

/** One-time auth tokens in PostgreSQL. */
export function postgresOneTimeTokenStore(database: Database): OneTimeTokenStore {
  return {
    async issueConfirmation({ userId, digest, ttlMs }) {
      const values = [userId, digest, ttlMs];
      return addresseeOf(await database.query<AddresseeRow>({ text: issueConfirmation, values }));
    },
    async issueReset({ emailKey, digest, ttlMs }) {
      const values = [emailKey, digest, ttlMs];
      return addresseeOf(await database.query<AddresseeRow>({ text: issueReset, values }));
    },
    async findResetOwner(presented) {
      const statement = { text: findResetOwner, values: valuesOf(presented) };
      const [row] = await database.query<{ username: string; email: string | null }>(statement);
      return row ?? null;
    },
    async confirmEmail(presented, { cancellableMs }) {
      try {
        return await database.transaction((within) => confirmWithin(within, presented, cancellableMs));
      } catch (error) {
        if (takenName(error).outcome !== 'email_taken') throw error;
        return 'email_taken';
      }
    },
    resetPassword: (presented, passwordHash) =>
      database.transaction(async (within) => {
        await within.query({ text: lockUser, values: [presented.userId] });
        const values = [...valuesOf(presented), passwordHash];
        return removedKeysOf(await within.query<RemovedKeysRow>({ text: resetPassword, values }));
      }),
    async purgeExpired() {
      return (await database.query({ text: purgeExpired })).length;
    },
  };
}

async function confirmWithin(
  within: Queryable,
  presented: AuthTokenReference,
  cancellableMs: number,
): Promise<ConfirmEmailOutcome> {
  const { userId } = presented;
  await within.query({ text: lockUser, values: [userId] });
  const verified = await within.query({ text: confirmEmail, values: valuesOf(presented) });
  if (verified.length > 0) return 'verified';
  const [pending] = await within.query<{ id: string; by_admin: boolean }>({
    text: findPending,
    values: valuesOf(presented),
  });
  if (pending === undefined) return 'invalid';
  await within.query({ text: confirmChange, values: [userId, pending.id, cancellableMs] });
  await within.query({ text: deleteUncancellable, values: [userId, pending.by_admin] });
  return 'changed';
}

function valuesOf({ userId, digest, kind }: AuthTokenReference): SqlValue[] {
  return [userId, digest, kind];
}

function addresseeOf([row]: readonly AddresseeRow[]): Addressee | null {
  if (row === undefined) return null;
  const { id: userId, username, email } = row;
  return userId === null || username === null || email === null ? null : { userId, username, email };
}
