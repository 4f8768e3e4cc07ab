/** `reason` continues a sentence about the account, as in "its password hash is malformed". */
export type AdoptOutcome = { outcome: 'adopted'; encoded: string } | { outcome: 'rejected'; reason: string };

/** Password hashes that another system made. */
export interface ForeignHashes {
  /**
   * The form in which a foreign hash is stored, so that `PasswordHasher.verify` knows it for what it is; or why it
   * cannot be taken: it is of an unknown kind, malformed, or made to take longer than any login may.
   */
  adopt(encoded: string): AdoptOutcome;
}
