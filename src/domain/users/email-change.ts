/** How long the former address can cancel a change of an email after it took effect. */
export const cancellableMs = 7 * 24 * 60 * 60 * 1000;

/** A change of an account's email that is pending, or can still be cancelled. */
export interface EmailChange {
  /** UUIDv7. */
  id: string;
  /** Null if the account had no email. */
  formerEmail: string | null;
  /** Null if the email was removed. */
  email: string | null;
  requestedAt: Date;
  /** Null while the new address is not confirmed. */
  tookEffectAt: Date | null;
  /** When the former address can no longer cancel it; null while it is pending. */
  cancellableUntil: Date | null;
}

/**
 * The effect of a requested email. `respelled`: the same address, perhaps in another spelling. `removed`: the account has no
 * email from now on. `pending`: another address, which takes effect once it is confirmed.
 */
export type EmailEffect = 'respelled' | 'removed' | 'pending';

/** Compares the keys of the current and of the requested email; null is no email. */
export function emailEffect(currentKey: string | null, requestedKey: string | null): EmailEffect {
  if (requestedKey === currentKey) return 'respelled';
  return requestedKey === null ? 'removed' : 'pending';
}
