import type { Role, User, UserStatus } from '../domain/users/user.js';

/** A new account. */
export interface NewUser {
  id: string;
  username: string;
  usernameKey: string;
  email: string | null;
  emailKey: string | null;
  passwordHash: string;
  role: Role;
  /** The first entry of the account's ledger; an amount of 0 opens an empty balance, with no entry. */
  openingGrant: { entryId: string; amount: number };
}

/** The new account, or which of its names is taken. */
export type CreateUserOutcome =
  | { outcome: 'created'; user: User }
  | { outcome: 'username_taken' }
  | { outcome: 'email_taken' };

/** The key of a username or an email. */
export type UserName = { usernameKey: string } | { emailKey: string };

/** An account with its password hash. */
export interface UserCredentials {
  user: User;
  passwordHash: string;
  /** Increases with each new password, not with another hash of the same password. A new account has 1. */
  passwordVersion: number;
}

/** An email that was requested for an account. */
export interface RequestedEmail {
  /** The id of the change, if the email is another one. */
  changeId: string;
  /** Null for no email. */
  address: { email: string; emailKey: string } | null;
  /** SHA-256, in hexadecimal, of the secret by which the former address, if there is one, cancels the change. */
  cancelDigest: string;
  /** How long the change can be cancelled after it took effect, in milliseconds. */
  cancellableMs: number;
}

/** A change of an account; absent fields stay as they are. */
export interface ProfileChange {
  userId: string;
  /** If present, nothing changes unless the password of the account has this version. */
  passwordVersion?: number;
  username?: { username: string; usernameKey: string };
  email?: RequestedEmail;
}

/**
 * The account before and after, or why nothing changed. `missing`: the account does not exist. `stale`: its password has another
 * version.
 */
export type ChangeProfileOutcome =
  | { outcome: 'changed'; before: User; user: User }
  | { outcome: 'username_taken' }
  | { outcome: 'email_taken' }
  | { outcome: 'stale' }
  | { outcome: 'missing' };

/** A change of an account by an administrator; absent fields stay as they are. */
export interface AccountChange extends ProfileChange {
  role?: Role;
  status?: UserStatus;
}

/** The account before and after, or why nothing changed. */
export type ChangeAccountOutcome =
  | ChangeProfileOutcome
  /** No active administrator would remain. */
  | { outcome: 'last_admin' };

/** `last_admin`: nothing was erased, since no active administrator would remain. */
export type EraseOutcome = 'erased' | 'last_admin' | 'missing';

/** How many API keys a change of the password has removed. */
export interface RemovedKeys {
  removedKeys: number;
}

/** Accounts. */
export interface UserStore {
  /**
   * Atomic: creates the user, their balance and the entry of the opening grant, or nothing. Of two parallel calls with the same
   * key, one creates the account and the other returns which key is taken.
   */
  create(user: NewUser): Promise<CreateUserOutcome>;
  /** Returns the account with this name, also a disabled one, with its password hash; null if there is none. */
  findByName(name: UserName): Promise<UserCredentials | null>;
  /** Returns the account with this id, also a disabled one; null if there is none. */
  findById(userId: string): Promise<UserCredentials | null>;
  /**
   * Atomic: changes every field that is present; if a name is taken, changes nothing. The current email in another spelling is
   * stored at once. Removal of the email takes effect at once, and the former address can cancel it. Another email is stored as
   * the account's only pending change, and the current one stays until `OneTimeTokenStore.confirmEmail`. Each of them drops an
   * earlier pending change. `email_taken` if another account has the email; an email that is pending elsewhere is not taken.
   */
  changeProfile(change: ProfileChange): Promise<ChangeProfileOutcome>;
  /**
   * Atomic, as `changeProfile`, except that the former address cannot cancel a change of the email by an administrator, and
   * earlier changes cannot be cancelled once it has taken effect. Disabling an account ends its sessions, and none can be
   * opened. The last active administrator cannot be disabled or become a user, even if the last two demote, disable or erase
   * each other in parallel.
   */
  changeAccount(change: AccountChange): Promise<ChangeAccountOutcome>;
  /**
   * Atomic: replaces the password, invalidates a requested reset, and ends every session except `keptSessionId`; all with null.
   * Removes every API key unless `keepsKeys`. The old password opens no session afterwards. Returns null, and changes nothing,
   * if the account does not exist or its password has another version than `passwordVersion` (null for any).
   */
  changePassword(change: {
    userId: string;
    passwordVersion: number | null;
    passwordHash: string;
    keptSessionId: string | null;
    keepsKeys: boolean;
  }): Promise<RemovedKeys | null>;
  /**
   * Replaces the hash of the same password, in one statement, if it is still `from`; sessions stay. Returns false if the hash is
   * another one by now, or if the account does not exist.
   */
  renewPasswordHash(renewal: { userId: string; from: string; to: string }): Promise<boolean>;
  /**
   * Atomic: deletes the account, its names, sessions and keys, blanks its texts and the origins of its audit events, gives back
   * its open holds, which end as failed, and closes its balance. Its ledger entries stay under the id alone. The last active
   * administrator is not erased, even if the last two erase themselves in parallel.
   */
  erase(userId: string): Promise<EraseOutcome>;
}
