import type { Factors } from '../domain/factors/factor.js';

/** The secret of an authenticator app, encrypted. */
export interface StoredTotp {
  /** As `SecretCipher.seal` returned it. */
  sealedSecret: string;
  /** False while it is being set up: it is not a factor yet. */
  isConfirmed: boolean;
}

/** `last_factor`: nothing was removed, since the account would have no factor. */
export type RemoveFactorOutcome = 'removed' | 'missing' | 'last_factor';

/**
 * Second factors of accounts: the codes of an authenticator app, and recovery codes. `PasskeyStore` has the passkeys. An
 * account that is erased has no factors.
 */
export interface FactorStore {
  /** Returns the factors of an account, without secrets; none if there is no such account. */
  factors(userId: string): Promise<Factors>;
  /**
   * Stores a secret that is being set up, in place of an earlier one that was not confirmed. Returns false, and stores nothing,
   * if the account has confirmed one, or does not exist or is disabled.
   */
  startTotp(totp: { userId: string; sealedSecret: string }): Promise<boolean>;
  /** Returns the secret of an account; null if there is none. */
  totp(userId: string): Promise<StoredTotp | null>;
  /**
   * Atomic: makes the secret that is being set up a factor, records its step as used, and replaces the recovery codes. Returns
   * false, and changes nothing, if the secret is not the one that is being set up, or with `mustBeFirst` if the account has a
   * factor, even if that is added in parallel. Of any number of parallel calls, one returns
   * true.
   */
  confirmTotp(confirmation: {
    userId: string;
    sealedSecret: string;
    step: number;
    recoveryDigests: readonly string[];
    mustBeFirst: boolean;
  }): Promise<boolean>;
  /**
   * Atomic: records that the code of a step was used. Returns false, and records nothing, if that or a later step was used
   * before, or if the confirmed secret is another one. Of any number of parallel calls with one step, one returns true.
   */
  useTotp(use: { userId: string; sealedSecret: string; step: number }): Promise<boolean>;
  /**
   * Atomic: removes the secret, also one that is being set up; with the last factor, the recovery codes. With `keepsOne`, the
   * last factor is not removed, even if others are removed in parallel.
   */
  removeTotp(removal: { userId: string; keepsOne: boolean }): Promise<RemoveFactorOutcome>;
  /** Atomic: replaces the recovery codes. Returns false, and changes nothing, if the account has no factor. */
  replaceRecoveryCodes(userId: string, digests: readonly string[]): Promise<boolean>;
  /** Consumes a recovery code. Returns false if there is none with this digest. Of any number of parallel calls, one returns true. */
  useRecoveryCode(userId: string, digest: string): Promise<boolean>;
  /** Atomic: removes every factor, passkeys and recovery codes included. Returns how many factors there were. */
  removeAll(userId: string): Promise<number>;
}
