import type { AuthTokenReference } from '../domain/auth/auth-token.js';
import type { PasswordOwner } from '../domain/auth/password.js';
import type { Addressee } from '../domain/users/account-mails.js';
import type { RemovedKeys } from './user-store.js';

/**
 * What became of a confirmation. `verified`: the email in force is verified. `changed`: the pending email is in force now.
 * `email_taken`: another account has the pending email; the confirmation can be tried again.
 */
export type ConfirmEmailOutcome = 'verified' | 'changed' | 'email_taken' | 'invalid';

/**
 * Auth tokens that are sent by mail and work once. Each belongs to the email that the account had, or had pending, when it
 * was issued, and is worth nothing once the account has another. An account has one of each kind: a newer one replaces the older.
 * Knows digests only. Lifetimes are by the store's clock.
 */
export interface OneTimeTokenStore {
  /**
   * Issues an email confirmation: for the pending email if there is one, otherwise for the one in force. Null, and nothing
   * changes, when there is no email left to confirm.
   */
  issueConfirmation(issue: { userId: string; digest: string; ttlMs: number }): Promise<Addressee | null>;
  /**
   * Issues a password reset to the active account that has this email; null when there is none, after the same work
   * as for one that there is.
   */
  issueReset(issue: { emailKey: string; digest: string; ttlMs: number }): Promise<Addressee | null>;
  /** Whose password this would reset; null when it would reset none. Consumes nothing. */
  findResetOwner(presented: AuthTokenReference): Promise<PasswordOwner | null>;
  /**
   * Atomic: the confirmation is consumed and its email is verified; a pending one takes effect, and can be cancelled by the
   * former address for `cancellableMs` from then on. `invalid`, and nothing changes, when it is not known, used, expired,
   * replaced, of another kind, or its email or account is gone. Of any number at once one is not `invalid`; of several
   * accounts that confirm one address at once, one has it.
   */
  confirmEmail(
    presented: AuthTokenReference,
    options: { cancellableMs: number },
  ): Promise<ConfirmEmailOutcome>;
  /**
   * Atomic: the reset is consumed, the password replaced, the email that the reset was sent to verified, every session
   * ended, every API key removed and a pending email dropped; the old password and the ended sessions create none of them any more. Null, and
   * nothing changes, in the cases in which `confirmEmail` is `invalid`. Of any number at once one takes effect.
   */
  resetPassword(presented: AuthTokenReference, passwordHash: string): Promise<RemovedKeys | null>;
  /** Forgets what has expired; answers how many. */
  purgeExpired(): Promise<number>;
}
