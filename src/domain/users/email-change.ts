/** For how long after it took effect a change of an email can be cancelled by the former address. */
export const cancellableMs = 7 * 24 * 60 * 60 * 1000;

/** A change of an account's email that is pending, or can still be cancelled. */
export interface EmailChange {
  /** UUIDv7. */
  id: string;
  /** Null when the account had no email. */
  formerEmail: string | null;
  /** Null when the email was removed. */
  email: string | null;
  requestedAt: Date;
  /** Null while the new address is not confirmed. */
  tookEffectAt: Date | null;
  /** Until when the former address can cancel it; null while it is pending. */
  cancellableUntil: Date | null;
}

/**
 * What a wanted email does to an account. `respelled`: the same address, perhaps in another spelling. `removed`: the account
 * has no email from now on. `pending`: another address, which takes effect once it is confirmed.
 */
export type EmailEffect = 'respelled' | 'removed' | 'pending';

/** Compares the keys of the email in force and of the wanted one; null is no email. */
export function emailEffect(currentKey: string | null, wantedKey: string | null): EmailEffect {
  if (wantedKey === currentKey) return 'respelled';
  return wantedKey === null ? 'removed' : 'pending';
}
