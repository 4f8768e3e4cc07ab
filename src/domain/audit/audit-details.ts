/** A value in an audit event. */
export type AuditValue = string | number | boolean | null;

/** The value of a field before and after an event; null if it had or has none. */
export interface AuditChange {
  field: string;
  before: AuditValue;
  after: AuditValue;
}

/** By how much, why, and what an event changed. Erased with the account that the event happened to. */
export interface AuditDetails {
  /** Credits that were added; negative if they were taken. Null if the event moved none. */
  amount: number | null;
  /** The reason that was given. */
  reason: string | null;
  changes: readonly AuditChange[];
}

/** Returns the details of an event that changed these fields; null if their values are the same. */
export function changesOf(
  before: Readonly<Record<string, AuditValue>>,
  after: Readonly<Record<string, AuditValue>>,
): AuditDetails | null {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changes = fields
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
    .filter((change) => change.before !== change.after);
  return changes.length === 0 ? null : { amount: null, reason: null, changes };
}
