/** A sign-in by a provider that has begun. */
export interface SignInAttempt {
  /** The provider that was asked. */
  providerId: string;
  /** The account to which the identity is to be added; null for a sign-in. */
  userId: string | null;
}

/**
 * Sign-ins that have begun at a provider and not ended, which any server can finish. Stores only digests of secrets. Lifetimes
 * are measured by the store's clock.
 */
export interface SignInAttemptStore {
  /** Stores an attempt. An attempt of an account is deleted with it. */
  create(attempt: SignInAttempt & { digest: string; ttlMs: number }): Promise<void>;
  /** Atomic: deletes and returns the attempt with this digest; null if it is unknown, used or expired. Of any number of parallel calls, one returns it. */
  consume(digest: string): Promise<SignInAttempt | null>;
  /** Deletes expired attempts. Returns how many. */
  purgeExpired(): Promise<number>;
}
