import type { AuthTokenReference } from '../domain/auth/auth-token.js';
import type { PasswordOwner } from '../domain/auth/password.js';
import type { Addressee } from '../domain/mails/compose-mail.js';
import type { RemovedKeys } from './user-store.js';

/**
 * The result of a confirmation. `verified`: the current email is verified. `changed`: the pending email has taken effect.
 * `email_taken`: another account has the pending email; the confirmation can be retried.
 */
export type ConfirmEmailOutcome = 'verified' | 'changed' | 'email_taken' | 'invalid';

/**
 * Auth tokens that are sent by mail and work once. Each belongs to the current or pending email of the account at its issue, and
 * becomes invalid when the account has another. An account has one of each kind: a newer one replaces the older. Stores only
 * digests of secrets. Lifetimes are measured by the store's clock.
 */
export interface OneTimeTokenStore {
  /**
   * Issues an email confirmation, for the pending email if there is one, otherwise for the current one. Returns null, and
   * changes nothing, if no email is unconfirmed.
   */
  issueConfirmation(issue: { userId: string; digest: string; ttlMs: number }): Promise<Addressee | null>;
  /**
   * Issues a password reset for the active account that has this email. Returns null if there is none, after the same work.
   */
  issueReset(issue: { emailKey: string; digest: string; ttlMs: number }): Promise<Addressee | null>;
  /** Returns the owner of the password that this reset would replace; null if it is not valid. Consumes nothing. */
  findResetOwner(presented: AuthTokenReference): Promise<PasswordOwner | null>;
  /**
   * Atomic: consumes the confirmation and verifies its email; a pending email takes effect, and the former address can cancel
   * that for `cancellableMs` milliseconds. Returns `invalid`, and changes nothing, if the confirmation is unknown, used,
   * expired, replaced or of another kind, or if its email or account no longer exists. Of any number of parallel calls, one does
   * not return `invalid`. Of several accounts that confirm the same address in parallel, one gets it.
   */
  confirmEmail(
    presented: AuthTokenReference,
    options: { cancellableMs: number },
  ): Promise<ConfirmEmailOutcome>;
  /**
   * Atomic: consumes the reset, replaces the password, verifies the email that the reset was sent to, ends every session, removes
   * every API key and drops a pending email. The old password and the ended sessions cannot create any of these afterwards.
   * Returns null, and changes nothing, in the cases in which `confirmEmail` returns `invalid`. Of any number of parallel calls,
   * one takes effect.
   */
  resetPassword(presented: AuthTokenReference, passwordHash: string): Promise<RemovedKeys | null>;
  /** Deletes expired auth tokens. Returns how many. */
  purgeExpired(): Promise<number>;
}
