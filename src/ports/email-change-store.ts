import type { AuthTokenReference } from '../domain/auth/auth-token.js';
import type { EmailChange } from '../domain/users/email-change.js';

/**
 * The result of a cancellation. `cancelled`: the change was pending and is dropped. `restored`: the change had taken effect, and
 * the account has `email` again in place of `replacedEmail`. `email_taken`: another account has confirmed the former address
 * in the meantime.
 */
export type CancelEmailOutcome =
  | { outcome: 'cancelled' }
  | { outcome: 'restored'; username: string; email: string; replacedEmail: string | null }
  | { outcome: 'email_taken' }
  | { outcome: 'invalid' };

/**
 * Changes of emails, which `UserStore` requests and `OneTimeTokenStore` confirms. Stores only digests of secrets. Lifetimes are
 * measured by the store's clock.
 */
export interface EmailChangeStore {
  /** Returns the pending change of an account and those that can still be cancelled, newest first. */
  changes(userId: string): Promise<EmailChange[]>;
  /**
   * Atomic: consumes the secret that was sent to the former address. A pending change is dropped, and its confirmation becomes
   * invalid. A change that took effect is undone: the account has the former email again, verified, since its mailbox was used.
   * An account that has the same address unconfirmed loses it. Every session of this account ends, its resets and
   * confirmations become invalid, and neither this change nor a later one can be cancelled any more.
   *
   * Returns `invalid`, and changes nothing, if the secret is unknown, used or expired, or if its account does not exist or is
   * not active. Of any number of parallel calls, one does not return `invalid`.
   */
  cancel(presented: AuthTokenReference): Promise<CancelEmailOutcome>;
  /** Deletes changes that can no longer be cancelled. Returns how many. */
  purgeExpired(): Promise<number>;
}
