import type { Page, PageRequest } from '../domain/page.js';
import type { Role, User, UserStatus } from '../domain/users/user.js';
import type { TimeRange } from './record-search.js';

/** What accounts are sorted by; of equal ones by their ids. `created_at` is the order of the ids themselves. */
export type UserSort = 'created_at' | 'username' | 'balance';

/** Which accounts are asked for, by the time they joined among others, and in which order. */
export interface UserQuery extends TimeRange {
  /** Part of a username or of an email as it was typed, in lower case; null for every account. */
  text: string | null;
  /** Part of the compared form of an email, which is enough as well; null without `text`. */
  emailText: string | null;
  role: Role | null;
  status: UserStatus | null;
  sort: UserSort;
  isDescending: boolean;
}

/** Where an account stands in its order: what it is sorted by (with `created_at` null), and its id. */
export interface UserPlace {
  value: string | number | null;
  id: string;
}

/** An account as whoever administers it sees it. */
export interface ListedUser extends User {
  /** The email that takes effect once it is confirmed. */
  pendingEmail: string | null;
  balance: number;
  held: number;
  /** When a session or key that it still has was last used, to the minute; null when none was. */
  lastSeenAt: Date | null;
  /** When somebody last signed in with its password; null when nobody did yet. */
  lastSignedInAt: Date | null;
}

/** All accounts, to look through. */
export interface UserDirectory {
  /**
   * The accounts that match. Usernames sort by their keys' code units. A page begins behind its place whatever has
   * been added, removed or has moved since: what stays where it is comes exactly once.
   */
  list(query: UserQuery, page: PageRequest<UserPlace>): Promise<Page<ListedUser, UserPlace>>;
  /** One account; null when there is none. */
  find(userId: string): Promise<ListedUser | null>;
}
