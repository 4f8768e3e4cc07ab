/**
 * Hashes passwords with a slow hash, without truncation. `network` is the network of the request, as `networkOf` returns it; null
 * if it is unknown. If many passwords wait, the networks take turns. If the work cannot be done in time, `hash` and `verify`
 * reject with a DomainError `unavailable`, before any work.
 */
export interface PasswordHasher {
  /** Returns the encoded hash, which contains its salt and cost. */
  hash(password: string, network: string | null): Promise<string>;
  /**
   * Returns true if `password`, as it was typed, matches `encoded`. Always does the work of exactly one comparison: if `encoded`
   * is null (the account does not exist), it compares with a hash that nothing matches, and returns false. A hash that
   * `ForeignHashes` adopted takes the time that its own system chose, for PBKDF2 with a million rounds some hundred milliseconds
   * more than ours. Until its first sign-in, an imported account can be distinguished by that time.
   */
  verify(password: string, encoded: string | null, network: string | null): Promise<boolean>;
  /** Throws the error that `hash` and `verify` would reject with now, so that the caller can stop before any other work. */
  throwIfBusy(network: string | null): void;
  /** Returns true for a hash that `hash` would not create now: a foreign hash, or one with another cost. */
  isOutdated(encoded: string): boolean;
}
