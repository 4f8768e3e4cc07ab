import type { UserName, UserStore } from '../../ports/user-store.js';
import { violatedConstraint, type Database } from './database.js';
import { onlyRow, userOf, type UserRow } from './rows.js';

const create = `
  with created as (
    insert into users (id, username, username_key, email, email_key, password_hash, role)
    values ($1, $2, $3, $4, $5, $6, $7)
    returning id, username, email, email_verified, role, status, created_at
  ), opened as (
    insert into balances (user_id, balance) select id, $9::bigint from created
  ), granted as (
    insert into entries (user_id, id, kind, amount, balance_after, reason)
    select id, $8::uuid, 'grant', $9::bigint, $9::bigint, 'Opening grant' from created where $9::bigint > 0
  )
  select * from created`;

const columns = 'id, username, email, email_verified, role, status, created_at, password_hash';
const findByUsername = `select ${columns} from users where username_key = $1`;
const findByEmail = `select ${columns} from users where email_key = $1`;

/** Accounts in PostgreSQL. */
export function postgresUserStore(database: Database): UserStore {
  return {
    async create(user) {
      try {
        const rows = await database.query<UserRow>({
          text: create,
          values: [
            user.id,
            user.username,
            user.usernameKey,
            user.email,
            user.emailKey,
            user.passwordHash,
            user.role,
            user.openingGrant.entryId,
            user.openingGrant.amount,
          ],
        });
        return { outcome: 'created', user: userOf(onlyRow(rows)) };
      } catch (error) {
        switch (violatedConstraint(error)) {
          case 'users_username_taken':
            return { outcome: 'username_taken' };
          case 'users_email_taken':
            return { outcome: 'email_taken' };
          default:
            throw error;
        }
      }
    },
    async findByName(name: UserName) {
      const [row] = await database.query<UserRow & { password_hash: string }>(
        'emailKey' in name
          ? { name: 'find_user_by_email', text: findByEmail, values: [name.emailKey] }
          : { name: 'find_user_by_username', text: findByUsername, values: [name.usernameKey] },
      );
      return row === undefined ? null : { user: userOf(row), passwordHash: row.password_hash };
    },
  };
}
