import type { User } from '../../domain/users/user.js';
import type { RemovedKeys, UserCredentials } from '../../ports/user-store.js';

/** A row of `users` without the password hash. */
export interface UserRow {
  id: string;
  username: string;
  email: string | null;
  email_verified: boolean;
  role: User['role'];
  status: User['status'];
  created_at: Date;
}

export function userOf(row: UserRow): User {
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    emailVerified: row.email_verified,
    role: row.role,
    status: row.status,
    createdAt: row.created_at,
  };
}

/** The columns of a `CredentialsRow`. */
export const credentialsColumns =
  'id, username, email, email_verified, role, status, created_at, password_hash, password_version';

/** A row of `users` with the password hash. */
export interface CredentialsRow extends UserRow {
  password_hash: string;
  password_version: number;
}

export function credentialsOf(row: CredentialsRow | undefined): UserCredentials | null {
  if (row === undefined) return null;
  return { user: userOf(row), passwordHash: row.password_hash, passwordVersion: row.password_version };
}

/** The lock for ending several sessions of an account, and for changing its password. */
export const lockUser = `select id from users where id = $1 for no key update`;

/** One row if the password was changed, otherwise none. */
export interface RemovedKeysRow {
  removed_keys: number;
}

export function removedKeysOf([row]: readonly RemovedKeysRow[]): RemovedKeys | null {
  return row === undefined ? null : { removedKeys: row.removed_keys };
}
