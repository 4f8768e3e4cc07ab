/** Hashes passwords slowly. Takes them whole, whatever their length. */
export interface PasswordHasher {
  /** The encoded hash, with its salt and cost in it. */
  hash(password: string): Promise<string>;
  /**
   * Whether `password` belongs to `encoded`. Always does exactly one comparison's work: with `encoded` null
   * (no such account) it compares with a hash that nothing matches, and answers false.
   */
  verify(password: string, encoded: string | null): Promise<boolean>;
}
