/** When an account did something; null if it never did, or that is not known any more. */
export interface AccountUses {
  /** The last use of one of its current sessions or API keys, to the minute. */
  lastUsedAt: Date | null;
  /** Its last message. */
  lastMessageAt: Date | null;
  lastSignedInAt: Date | null;
}

/**
 * Returns when an account was last active: the latest of these uses, also of sessions that have ended, as far as a sign-in or a
 * message shows it. Null if there was none.
 */
export function lastActiveAt(uses: AccountUses): Date | null {
  const times = [uses.lastUsedAt, uses.lastMessageAt, uses.lastSignedInAt]
    .filter((time) => time !== null)
    .map((time) => time.getTime());
  return times.length === 0 ? null : new Date(Math.max(...times));
}
