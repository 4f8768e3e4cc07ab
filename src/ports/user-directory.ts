import type { Page, PageRequest } from '../domain/page.js';
import type { Role, User, UserStatus } from '../domain/users/user.js';
import type { TimeRange } from './record-search.js';

/** What accounts are sorted by; equal ones are sorted by id. `created_at` is the order of the ids. */
export type UserSort = 'created_at' | 'username' | 'balance';

/** A filter of accounts, also by the time of their creation, and their order. */
export interface UserQuery extends TimeRange {
  /** Part of a username or of an email as it was typed, in lower case; null for every account. */
  text: string | null;
  /** Part of the key of an email: an account matches by `text` or by this. Null if `text` is null. */
  emailText: string | null;
  role: Role | null;
  status: UserStatus | null;
  sort: UserSort;
  isDescending: boolean;
}

/** The position of an account in its order: the value that it is sorted by (null with `created_at`), and its id. */
export interface UserPlace {
  value: string | number | null;
  id: string;
}

/** An account as an administrator sees it. */
export interface ListedUser extends User {
  /** The email that takes effect once it is confirmed. */
  pendingEmail: string | null;
  balance: number;
  held: number;
  /** When it was last active: the result of `lastActiveAt`; null if it never was. */
  lastSeenAt: Date | null;
  /** The time of the last sign-in with its password; null if there was none. */
  lastSignedInAt: Date | null;
}

/** An account as an administrator sees it alone. */
export interface FoundUser extends ListedUser {
  /** Credits that it used but that were never charged, because nothing covered them; at most 2^53 − 1. */
  uncollected: number;
  /** Credits that it owes. */
  debt: number;
}

/** A searchable list of all accounts. */
export interface UserDirectory {
  /**
   * Returns a page of the accounts that match. Usernames are sorted by the code units of their keys. A page begins after its
   * place, even if accounts have been added, removed or moved since: an account that does not move is listed exactly once.
   */
  list(query: UserQuery, page: PageRequest<UserPlace>): Promise<Page<ListedUser, UserPlace>>;
  /** Returns how many accounts match, at most `most`. */
  count(query: UserQuery, most: number): Promise<number>;
  /** Returns one account; null if there is none. */
  find(userId: string): Promise<FoundUser | null>;
}
