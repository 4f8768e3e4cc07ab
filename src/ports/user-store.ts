import type { Role, User, UserStatus } from '../domain/users/user.js';

/** All that `create` writes. */
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
  { outcome: 'created'; user: User } | { outcome: 'username_taken' } | { outcome: 'email_taken' };

/** By what a person names an account: its `usernameKey` or `emailKey`. */
export type UserName = { usernameKey: string } | { emailKey: string };

/** An account with what proves a password. */
export interface UserCredentials {
  user: User;
  passwordHash: string;
  /** Grows with each new password, not with another hash of the same one. A new account's is 1. */
  passwordVersion: number;
}

/** An email that an account is to have. */
export interface RequestedEmail {
  /** The id of the change, if it is one. */
  changeId: string;
  /** Null for no email. */
  address: { email: string; emailKey: string } | null;
  /** SHA-256 in hexadecimal of the secret by which the former address, if there is one, cancels the change. */
  cancelDigest: string;
  /** For how long after it took effect the change can be cancelled. */
  cancellableMs: number;
}

/** What changes of an account; what is absent stays. */
export interface ProfileChange {
  userId: string;
  /** If given, nothing changes when the account has another password than the one of this version. */
  passwordVersion?: number;
  username?: { username: string; usernameKey: string };
  email?: RequestedEmail;
}

/**
 * The account before and after, or why nothing changed; `missing` when there is none, `stale` when its password is another
 * than the one that was named.
 */
export type ChangeProfileOutcome =
  | { outcome: 'changed'; before: User; user: User }
  | { outcome: 'username_taken' }
  | { outcome: 'email_taken' }
  | { outcome: 'stale' }
  | { outcome: 'missing' };

/** What an administrator changes of an account; what is absent stays. */
export interface AccountChange extends ProfileChange {
  role?: Role;
  status?: UserStatus;
}

/** The account before and after, or why nothing changed. */
export type ChangeAccountOutcome =
  | ChangeProfileOutcome
  /** Nobody would be left to administer. */
  | { outcome: 'last_admin' };

/** `last_admin`: nothing was erased, since nobody would be left to administer. */
export type EraseOutcome = 'erased' | 'last_admin' | 'missing';

/** How many API keys a new password has removed. */
export interface RemovedKeys {
  removedKeys: number;
}

/** Accounts. */
export interface UserStore {
  /**
   * Atomic: the user, their balance and the entry of the opening grant exist together or not at all. Of two
   * creations with one key at once, one is created and the other is told which key is taken.
   */
  create(user: NewUser): Promise<CreateUserOutcome>;
  /** The account of that name, disabled ones too, with its password hash; null when there is none. */
  findByName(name: UserName): Promise<UserCredentials | null>;
  /** The account of that id, disabled ones too; null when there is none. */
  findById(userId: string): Promise<UserCredentials | null>;
  /**
   * Atomic: everything named changes, or with a taken name nothing. The same email in another spelling is stored at once;
   * no email takes effect at once and can be cancelled by the former address; another email is stored as the account's one
   * pending change, and the email in force stays until `OneTimeTokenStore.confirmEmail`. Each of them drops the pending
   * change that there was. `email_taken` when another account has the email; that it is pending elsewhere does not matter.
   */
  changeProfile(change: ProfileChange): Promise<ChangeProfileOutcome>;
  /**
   * Atomic, as `changeProfile`, except that a change of the email by an administrator cannot be cancelled by the former
   * address, and when it takes effect, no earlier one can. Who is disabled has no session any more, and none begins. The last active admin stays
   * one, even when the last two make each other users, disable or erase each other at once.
   */
  changeAccount(change: AccountChange): Promise<ChangeAccountOutcome>;
  /**
   * Atomic: the password is replaced, a reset that was asked for is void, and every session ends but `keptSessionId`;
   * with null, all. Every API key is removed unless `keepsKeys`. None that the old password opens begins any more.
   * Null, and nothing changes, when the account is gone or has another password than the one of `passwordVersion`
   * (null for any).
   */
  changePassword(change: {
    userId: string;
    passwordVersion: number | null;
    passwordHash: string;
    keptSessionId: string | null;
    keepsKeys: boolean;
  }): Promise<RemovedKeys | null>;
  /**
   * Stores the same password under another hash, in one statement, if the hash is still `from`; sessions go on. False
   * when it is another by now, or the account gone.
   */
  renewPasswordHash(renewal: { userId: string; from: string; to: string }): Promise<boolean>;
  /**
   * Atomic: the account, its names, sessions and keys are gone, its texts and its audit events' origins are blank, its
   * open holds are given back and end as failed, and its balance is closed for ever. Its ledger entries stay under the
   * bare id. The last active admin is not erased, even when the last two erase themselves at once.
   */
  erase(userId: string): Promise<EraseOutcome>;
}
