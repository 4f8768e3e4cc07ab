/** Makes ids. */
export interface Ids {
  /** A UUIDv7 (RFC 9562) that sorts after every earlier one of this process. */
  next(): string;
}
