import type { CreateUserOutcome, NewUser } from './user-store.js';

/**
 * Digests of the secrets that create the first administrator. They are invalid while there is an active administrator.
 * Lifetimes are measured by the store's clock.
 */
export interface FirstAdminStore {
  /** Stores a secret. Returns false, and stores nothing, if there is an active administrator. */
  issue(secret: { digest: string; ttlMs: number }): Promise<boolean>;
  /** Returns true if a secret would create an administrator now. Consumes nothing. */
  isUsable(digest: string): Promise<boolean>;
  /**
   * Atomic: creates the account as `UserStore.create` does, and invalidates every secret. Returns `invalid`, and changes
   * nothing, if the secret is unknown, used or expired, or if there is an active administrator. Of any number of parallel calls,
   * with any secrets, one creates an account.
   */
  create(digest: string, user: NewUser): Promise<CreateUserOutcome | { outcome: 'invalid' }>;
  /** Deletes expired secrets. Returns how many. */
  purgeExpired(): Promise<number>;
}
