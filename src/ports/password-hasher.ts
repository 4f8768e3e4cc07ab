/**
 * Hashes passwords slowly. Takes them whole, whatever their length. `network` is where the request comes from, as
 * `networkOf` returns it, null if that is unknown: networks take turns where many passwords wait. `hash` and `verify` may
 * reject with a DomainError `unavailable`, before any work, when more is asked for than can be done in time.
 */
export interface PasswordHasher {
  /** The encoded hash, with its salt and cost in it. */
  hash(password: string, network: string | null): Promise<string>;
  /**
   * Whether `password`, as it was typed, belongs to `encoded`. Always does exactly one comparison's work: with
   * `encoded` null (no such account) it compares with a hash that nothing matches, and answers false. A hash that
   * `ForeignHashes` adopted takes the work that its own system gave it, one PBKDF2 of a million rounds some hundred
   * milliseconds more than ours: until its first login a moved account can be told by that from one of ours.
   */
  verify(password: string, encoded: string | null, network: string | null): Promise<boolean>;
  /** Throws what `hash` and `verify` would reject with now, so that nothing else is done for it. */
  refuseIfBusy(network: string | null): void;
  /** True of what `hash` would not make today: a foreign hash, or one of another cost. */
  isOutdated(encoded: string): boolean;
}
