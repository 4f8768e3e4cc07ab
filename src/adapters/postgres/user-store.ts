import { emailEffect, type EmailEffect } from '../../domain/users/email-change.js';
import type {
  AccountChange,
  ChangeAccountOutcome,
  UserName,
  UserStore,
  RequestedEmail,
} from '../../ports/user-store.js';
import type { Database, Queryable, SqlValue } from './database.js';
import { deletePending, deleteUncancellable } from './email-change-store.js';
import { eraseUser } from './erase-user.js';
import { insertUser, takenName } from './insert-user.js';
import { isLastAdmin } from './last-admin.js';
import { onlyRow } from './read-rows.js';
import {
  credentialsColumns,
  credentialsOf,
  lockUser,
  removedKeysOf,
  userOf,
  type CredentialsRow,
  type RemovedKeysRow,
  type UserRow,
} from './user-rows.js';

const findByUsername = `select ${credentialsColumns} from users where username_key = $1`;
const findByEmail = `select ${credentialsColumns} from users where email_key = $1`;
const findById = `select ${credentialsColumns} from users where id = $1`;

const changeUser = `
  update users
  set username = coalesce($2, username), username_key = coalesce($3, username_key),
    email = case when $4 then $5 else email end, email_key = case when $4 then $6 else email_key end,
    email_verified = email_verified and (not $4 or email_key is not distinct from $6),
    role = coalesce($7, role), status = coalesce($8, status)
  where id = $1
  returning id, username, email, email_verified, role, status, created_at`;

const lockAccount = `
  select id, username, email, email_key, email_verified, role, status, created_at, password_version
  from users where id = $1 for no key update`;

const findEmailHolder = `select id from users where email_key = $1 and id <> $2`;

const recordChange = `
  insert into email_changes (
    user_id, id, former_email, former_email_key, email, email_key, cancel_digest, by_admin, took_effect_at, cancellable_until)
  select $1::uuid, $2::uuid, $3, $4, $5, $6, decode($7, 'hex'), $8::boolean, effect.at, effect.at + $10::bigint * interval '1 millisecond'
  from (select case when $9::boolean then clock_timestamp() end as at) as effect`;

// Runs after the account is disabled, which waits for sessions that are being opened. No other session can be opened.
const endSessions = `delete from sessions where user_id = $1`;

// Runs with the account locked, which waits for sessions that are being opened with the old password.
const changePassword = `
  with changed as (
    update users set password_hash = $2, password_version = password_version + 1
    where id = $1 and password_version = coalesce($4, password_version)
    returning id
  ), ended as (
    delete from sessions where user_id = $1 and exists (select 1 from changed) and id is distinct from $3
  ), removed as (
    delete from api_keys where user_id = $1 and exists (select 1 from changed) and not $5 returning id
  ), unlinked as (
    delete from one_time_tokens where user_id = $1 and exists (select 1 from changed) and kind = 'password_reset'
  )
  select (select count(*) from removed) as removed_keys from changed`;

const renewPasswordHash = `
  update users set password_hash = $3 where id = $1 and password_hash = $2 returning id`;

type LockedRow = UserRow & { email_key: string | null; password_version: number };

async function changeWithin(
  within: Queryable,
  change: AccountChange,
  isByAdmin: boolean,
): Promise<ChangeAccountOutcome> {
  const { userId, passwordVersion, email, role, status } = change;
  const stopsAdministering = role === 'user' || status === 'disabled';
  if (stopsAdministering && (await isLastAdmin(within, userId))) return { outcome: 'last_admin' };
  const [before] = await within.query<LockedRow>({ text: lockAccount, values: [userId] });
  if (before === undefined) return { outcome: 'missing' };
  if (passwordVersion !== undefined && passwordVersion !== before.password_version)
    return { outcome: 'stale' };
  const wantedKey = email?.address?.emailKey ?? null;
  const effect = email === undefined ? null : emailEffect(before.email_key, wantedKey);
  if (effect === 'pending') {
    const holders = await within.query({ text: findEmailHolder, values: [wantedKey, userId] });
    if (holders.length > 0) return { outcome: 'email_taken' };
  }
  const values = valuesOf(change, { changesEmail: effect !== null && effect !== 'pending' });
  const rows = await within.query<UserRow>({ text: changeUser, values });
  if (status === 'disabled') await within.query({ text: endSessions, values: [userId] });
  if (email !== undefined) {
    await within.query({ text: deletePending, values: [userId] });
    if (effect !== 'respelled') await recordWithin(within, before, email, { isByAdmin, effect });
  }
  return { outcome: 'changed', before: userOf(before), user: userOf(onlyRow(rows)) };
}

async function recordWithin(
  within: Queryable,
  before: LockedRow,
  { changeId, address, cancelDigest, cancellableMs }: RequestedEmail,
  { isByAdmin, effect }: { isByAdmin: boolean; effect: EmailEffect | null },
): Promise<void> {
  const digest = isByAdmin || before.email_key === null ? null : cancelDigest;
  const takesEffect = effect === 'removed';
  const values = [
    ...[before.id, changeId, before.email, before.email_key],
    ...[address?.email ?? null, address?.emailKey ?? null, digest, isByAdmin, takesEffect, cancellableMs],
  ];
  await within.query({ text: recordChange, values });
  if (takesEffect) await within.query({ text: deleteUncancellable, values: [before.id, isByAdmin] });
}

function valuesOf(
  { userId, username, email, role, status }: AccountChange,
  { changesEmail }: { changesEmail: boolean },
): SqlValue[] {
  return [
    ...[userId, username?.username ?? null, username?.usernameKey ?? null],
    ...[changesEmail, email?.address?.email ?? null, email?.address?.emailKey ?? null],
    ...[role ?? null, status ?? null],
  ];
}

/** Accounts in PostgreSQL. */
export function postgresUserStore(database: Database): UserStore {
  return {
    async create(user) {
      try {
        return { outcome: 'created', user: await insertUser(database, user) };
      } catch (error) {
        return takenName(error);
      }
    },
    async findByName(name: UserName) {
      const [row] = await database.query<CredentialsRow>(
        'emailKey' in name
          ? { name: 'find_user_by_email', text: findByEmail, values: [name.emailKey] }
          : { name: 'find_user_by_username', text: findByUsername, values: [name.usernameKey] },
      );
      return credentialsOf(row);
    },
    async findById(userId) {
      const [row] = await database.query<CredentialsRow>({
        text: findById,
        values: [userId],
      });
      return credentialsOf(row);
    },
    async changeProfile({ userId, passwordVersion, username, email }) {
      const change = {
        userId,
        ...(passwordVersion === undefined ? {} : { passwordVersion }),
        ...(username === undefined ? {} : { username }),
        ...(email === undefined ? {} : { email }),
      };
      try {
        const changed = await database.transaction((within) => changeWithin(within, change, false));
        if (changed.outcome === 'last_admin') throw new TypeError('A profile has neither role nor status.');
        return changed;
      } catch (error) {
        return takenName(error);
      }
    },
    async changeAccount(change) {
      try {
        return await database.transaction((within) => changeWithin(within, change, true));
      } catch (error) {
        return takenName(error);
      }
    },
    changePassword: ({ userId, passwordVersion, passwordHash, keptSessionId, keepsKeys }) =>
      database.transaction(async (within) => {
        await within.query({ text: lockUser, values: [userId] });
        const values = [userId, passwordHash, keptSessionId, passwordVersion, keepsKeys];
        return removedKeysOf(await within.query<RemovedKeysRow>({ text: changePassword, values }));
      }),
    async renewPasswordHash({ userId, from, to }) {
      const rows = await database.query({ text: renewPasswordHash, values: [userId, from, to] });
      return rows.length > 0;
    },
    erase: (userId) => database.transaction((within) => eraseUser(within, userId)),
  };
}
