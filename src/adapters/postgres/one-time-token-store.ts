import type { AuthTokenReference, OneTimeKind } from '../../domain/auth/auth-token.js';
import type { Addressee } from '../../domain/users/account-mails.js';
import type { OneTimeTokenStore } from '../../ports/one-time-token-store.js';
import type { Database, SqlValue, Statement } from './database.js';
import { lockUser, removedKeysOf, type RemovedKeysRow } from './rows.js';

// Every statement locks the account before what belongs to it, as erasing the account does.

/** Issues one to the account in `addressee`; $2 is the digest and $3 the lifetime. */
const issue = `
  insert into one_time_tokens (user_id, kind, digest, email_key, expires_at)
  select id, kind, decode($2, 'hex'), email_key, now() + $3::bigint * interval '1 millisecond' from addressee
  on conflict (user_id, kind) do update
  set digest = excluded.digest, email_key = excluded.email_key, created_at = excluded.created_at,
    expires_at = excluded.expires_at
  returning user_id`;

const issueConfirmation = `
  with addressee as (
    select id, username, email, email_key, 'email_confirmation' as kind from users
    where id = $1 and status = 'active' and email_key is not null and not email_verified
    for key share
  ), issued as (${issue})
  select id, username, email from addressee where id in (select user_id from issued)`;

// Without an account there is a line for the write-ahead log instead, so that the commit waits for the disk all the same.
const issueReset = `
  with addressee as (
    select id, username, email, email_key, 'password_reset' as kind from users
    where email_key = $1 and status = 'active'
    for key share
  ), issued as (${issue})
  select id, username, email, null as position from addressee where id in (select user_id from issued)
  union all
  select null, null, null, pg_logical_emit_message(true, 'metered-chat', '')::text
  where not exists (select 1 from addressee)`;

/** Of the account $1, with the digest $2 and the kind $3, what still works, if this is the kind that is wanted. */
const usable = (kind: OneTimeKind) => `
  from one_time_tokens t join users u on u.id = t.user_id and u.email_key = t.email_key
  where t.user_id = $1 and t.digest = decode($2, 'hex') and t.kind = $3 and t.kind = '${kind}'
    and t.expires_at > now() and u.status = 'active'`;

const findResetOwner = `select u.username, u.email ${usable('password_reset')}`;

// Of several at once one removes the row, and the others find none. The updates look at the email again, which can
// have changed since the statement began.
const consumed = (kind: OneTimeKind) => `
  delete from one_time_tokens
  where (user_id, kind) in (select t.user_id, t.kind ${usable(kind)} for no key update of u)
    and digest = decode($2, 'hex')
  returning user_id, email_key`;

const confirmEmail = `
  with consumed as (${consumed('email_confirmation')})
  update users u set email_verified = true from consumed c
  where u.id = c.user_id and u.email_key = c.email_key and u.status = 'active'
  returning u.id`;

// Runs with the account locked, as every change of a password.
const resetPassword = `
  with consumed as (${consumed('password_reset')}), changed as (
    update users u
    set password_hash = $4, password_version = u.password_version + 1, email_verified = true
    from consumed c
    where u.id = c.user_id and u.email_key = c.email_key and u.status = 'active'
    returning u.id
  ), ended as (
    delete from sessions where user_id in (select id from changed)
  ), removed as (
    delete from api_keys where user_id in (select id from changed) returning id
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
    confirmEmail: (presented) => hasEffect({ text: confirmEmail, values: valuesOf(presented) }),
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

  async function hasEffect(statement: Statement): Promise<boolean> {
    return (await database.query(statement)).length > 0;
  }
}

function valuesOf({ userId, digest, kind }: AuthTokenReference): SqlValue[] {
  return [userId, digest, kind];
}

function addresseeOf([row]: readonly AddresseeRow[]): Addressee | null {
  if (row === undefined || row.id === null || row.username === null || row.email === null) return null;
  return { userId: row.id, username: row.username, email: row.email };
}
