import type { Role, User } from '../domain/users/user.js';

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

export type CreateUserOutcome =
  { outcome: 'created'; user: User } | { outcome: 'username_taken' } | { outcome: 'email_taken' };

/** By what a person names an account: its `usernameKey` or `emailKey`. */
export type UserName = { usernameKey: string } | { emailKey: string };

/** Accounts. */
export interface UserStore {
  /**
   * Atomic: the user, their balance and the entry of the opening grant exist together or not at all. Of two
   * creations with one key at once, one is created and the other is told which key is taken.
   */
  create(user: NewUser): Promise<CreateUserOutcome>;
  /** The account of that name, disabled ones too, with its password hash; null when there is none. */
  findByName(name: UserName): Promise<{ user: User; passwordHash: string } | null>;
}
