import type { AuthTokenReference } from '../domain/auth/auth-token.js';
import type { EmailChange } from '../domain/users/email-change.js';

/**
 * What became of a change whose former address cancels it. `cancelled`: it was pending and is dropped. `restored`: it had
 * taken effect, and the account has `email` again in place of `replacedEmail`. `email_taken`: another account has confirmed
 * the former address meanwhile.
 */
export type CancelEmailOutcome =
  | { outcome: 'cancelled' }
  | { outcome: 'restored'; username: string; email: string; replacedEmail: string | null }
  | { outcome: 'email_taken' }
  | { outcome: 'invalid' };

/**
 * Changes of emails, which `UserStore` requests and `OneTimeTokenStore` confirms. Knows digests only. Lifetimes are by the
 * store's clock.
 */
export interface EmailChangeStore {
  /** The pending change of an account and those that can still be cancelled, the newest first. */
  changes(userId: string): Promise<EmailChange[]>;
  /**
   * Atomic: consumes the secret that was sent to the former address. A pending change is dropped, and its confirmation
   * works no more. A change that took effect is undone: the account has the former email again, verified, since its mailbox
   * was used; an account that has the same address without having confirmed it loses it; every session of this account
   * ends, its resets and confirmations work no more, and neither this change nor a later one can be cancelled. `invalid`, and nothing changes, when the secret is
   * not known, used or expired, or its account is gone or not active. Of any number at once one is not `invalid`.
   */
  cancel(presented: AuthTokenReference): Promise<CancelEmailOutcome>;
  /** Forgets changes that can be cancelled no more; returns how many. */
  purgeExpired(): Promise<number>;
}
