import type { User } from '../../domain/users/user.js';
import type { NewUser } from '../../ports/user-store.js';
import { violatedConstraint, type Queryable } from './database.js';
import { onlyRow } from './read-rows.js';
import { userOf, type UserRow } from './user-rows.js';

const insert = `
  with created as (
    insert into users (id, username, username_key, email, email_key, password_hash, role)
    values ($1, $2, $3, $4, $5, $6, $7)
    returning id, username, email, email_verified, role, status, created_at
  ), opened as (
    insert into balances (user_id, balance, event_sequence) select id, $9::bigint, 1 from created
  ), registered as (
    insert into events (user_id, sequence, type, data)
    select id, 1, 'account.created', jsonb_build_object('balance', $9::bigint) from created
  ), granted as (
    insert into entries (user_id, id, kind, amount, balance_after, reason)
    select id, $8::uuid, 'grant', $9::bigint, $9::bigint, 'Opening grant' from created where $9::bigint > 0
  )
  select * from created`;

/** Creates an account with its balance, the entry of its opening grant and its first event, in one statement. */
export async function insertUser(database: Queryable, user: NewUser): Promise<User> {
  const { entryId, amount } = user.openingGrant;
  const values = [
    ...[user.id, user.username, user.usernameKey, user.email, user.emailKey, user.passwordHash, user.role],
    ...[entryId, amount],
  ];
  return userOf(onlyRow(await database.query<UserRow>({ text: insert, values })));
}

/** Converts a unique violation to an outcome. Throws any other error. */
export function takenName(error: unknown): { outcome: 'username_taken' } | { outcome: 'email_taken' } {
  switch (violatedConstraint(error)) {
    case 'users_username_taken':
      return { outcome: 'username_taken' };
    case 'users_email_taken':
      return { outcome: 'email_taken' };
    default:
      throw error;
  }
}
