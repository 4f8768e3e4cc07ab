/** Makes ids. */
export interface Ids {
  /** A UUIDv7 (RFC 9562) that sorts after every earlier one of this process. */
  next(): string;
  /**
   * A UUIDv7 of an earlier moment, for what is brought from elsewhere; of one moment a lower `sequence`, from 0 to
   * 2^31 − 1, sorts before a higher one.
   */
  at(time: Date, sequence: number): string;
}
