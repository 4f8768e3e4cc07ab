import type { StatementFacts } from '../domain/ledger/statement.js';

/** Sums of the entries of an account. Requires ids that contain their time (UUIDv7). */
export interface StatementReader {
  /**
   * Returns the entries of a range of time as sums by kind, action and model, what came before it, the dearest conversations, and
   * the lots: all of one
   * moment, also while credits are spent. Null if there is no such account; what is known of an erased one is returned.
   *
   * @param range From `from` (inclusive) to `to` (exclusive).
   */
  read(userId: string, range: { from: Date; to: Date }): Promise<StatementFacts | null>;
}
