/**
 * What a challenge is for. One is never accepted in place of another. `second_factor`, `factor_setup`: a sign-in that goes on
 * with a factor. The others are challenges of passkeys: to sign in without a name, as second factor, to add one, and to prove
 * the identity of a signed-in user.
 */
export type ChallengePurpose =
  | 'second_factor'
  | 'factor_setup'
  | 'passkey_sign_in'
  | 'passkey_factor'
  | 'passkey_setup'
  | 'passkey_proof';

/** A challenge as it is looked up. */
export interface ChallengeReference {
  /** SHA-256, in hexadecimal. */
  digest: string;
  purpose: ChallengePurpose;
  /** The account that it was issued for; null for none: `passkey_sign_in`. */
  userId: string | null;
}

/** Challenges that prove an identity within minutes. Stores only digests. Lifetimes are measured by the store's clock. */
export interface ChallengeStore {
  /**
   * Stores a challenge. `passwordVersion` is the version of the password with which a sign-in began; null for others. Does
   * nothing if its account does not exist. Returns when it expires.
   */
  issue(challenge: ChallengeReference & { passwordVersion: number | null; ttlMs: number }): Promise<Date>;
  /** Returns a challenge without consuming it; null if it is unknown, consumed, expired, or of another purpose or account. */
  find(reference: ChallengeReference): Promise<{ passwordVersion: number | null } | null>;
  /** Consumes a challenge; otherwise as `find`. Of any number of parallel calls, one does not return null. */
  consume(reference: ChallengeReference): Promise<{ passwordVersion: number | null } | null>;
  /** Deletes expired challenges. Returns how many. */
  purgeExpired(): Promise<number>;
}
