/** Generates ids. */
export interface Ids {
  /** Returns a UUIDv7 (RFC 9562) that sorts after every earlier one of this process. */
  next(): string;
  /**
   * Returns a UUIDv7 with an earlier time, for imported objects. Of ids with the same time, a lower `sequence` (0 to 2^31 − 1)
   * sorts before a higher one.
   */
  at(time: Date, sequence: number): string;
}
