import type { CreateUserOutcome, NewUser } from './user-store.js';

/**
 * Secrets that make the first administrator, by their digests. None is worth anything while there is an active
 * administrator. Lifetimes are by the store's clock.
 */
export interface FirstAdminStore {
  /** Remembers a secret; false, and nothing is remembered, when there is an active administrator. */
  issue(secret: { digest: string; ttlMs: number }): Promise<boolean>;
  /** Whether a secret would make an administrator now. Consumes nothing. */
  isUsable(digest: string): Promise<boolean>;
  /**
   * Atomic: the account exists as by `UserStore.create`, and every secret is void; or nothing has changed: `invalid` when
   * the secret is unknown, used or expired or there is an active administrator. Of any number at once, by whatever
   * secrets, one is created.
   */
  create(digest: string, user: NewUser): Promise<CreateUserOutcome | { outcome: 'invalid' }>;
  /** Forgets what has expired; answers how many. */
  purgeExpired(): Promise<number>;
}
