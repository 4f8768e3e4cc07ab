/** `reason` continues a sentence about the account, as in "its password hash is malformed". */
export type AdoptOutcome = { outcome: 'adopted'; encoded: string } | { outcome: 'rejected'; reason: string };

/** Password hashes of another system. */
export interface ForeignHashes {
  /**
   * Returns the form in which a foreign hash is stored, which `PasswordHasher.verify` recognises; or why it is rejected: its
   * kind is unknown, it is malformed, or its verification would take longer than a sign-in may.
   */
  adopt(encoded: string): AdoptOutcome;
}
