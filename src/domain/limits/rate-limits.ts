/** At most `max` uses in a window of `windowMs` milliseconds, which begins with the first use. */
export interface Limit {
  max: number;
  windowMs: number;
}

/** Every rate limit; null is no limit. */
export interface Limits {
  chatsByUser: Limit | null;
  /** Counts of the input of requests that are not sent. */
  inputCountsByUser: Limit | null;
  /** Orders of packages. */
  ordersByUser: Limit | null;
  /** Requests with one service key. */
  requestsByServiceKey: Limit | null;
  registrationsByAddress: Limit | null;
  refreshesByAddress: Limit | null;
  /** Sign-ins by a provider that begin or finish. */
  providerSignInsByAddress: Limit | null;
  forgottenByEmail: Limit | null;
  forgottenByAddress: Limit | null;
  /** Mails to one email about changes of an account, such as a new password or API key. Further ones are not sent. */
  noticesByEmail: Limit | null;
  /** Wrong passwords for one name from one address. */
  guessesByNameAndAddress: Limit | null;
  /** Wrong passwords for one name from anywhere. */
  guessesByName: Limit | null;
  /** Wrong passwords from one address, whatever the name. */
  guessesByAddress: Limit | null;
  /** Wrong codes of a second factor of one account: of an authenticator app, and recovery codes. */
  wrongCodesByUser: Limit | null;
  /** Challenges for passkeys of sign-ins without a name, from one address. */
  passkeySignInsByAddress: Limit | null;
  /** Codes of vouchers that cannot be redeemed, by one account. */
  wrongVouchersByUser: Limit | null;
  /** Codes of vouchers that cannot be redeemed, from one address, whatever the account. */
  wrongVouchersByAddress: Limit | null;
}

/** The state of a limit for one subject. */
export interface LimitState {
  max: number;
  remaining: number;
  resetsInMs: number;
}

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const hourMs = 60 * minuteMs;

/**
 * The limits that apply by default: enough for people, and too few for guessing passwords.
 *
 * @example
 * ```ts
 * import { defaultLimits, type Policy } from 'metered-chat';
 *
 * const policy: Partial<Policy> = {
 *   limits: { ...defaultLimits, chatsByUser: { max: 10, windowMs: 60_000 } },
 * };
 * ```
 */
export const defaultLimits: Record<keyof Limits, Limit> = {
  chatsByUser: { max: 60, windowMs: minuteMs },
  inputCountsByUser: { max: 1200, windowMs: minuteMs },
  ordersByUser: { max: 30, windowMs: hourMs },
  requestsByServiceKey: { max: 6000, windowMs: minuteMs },
  registrationsByAddress: { max: 20, windowMs: hourMs },
  refreshesByAddress: { max: 300, windowMs: minuteMs },
  providerSignInsByAddress: { max: 300, windowMs: minuteMs },
  forgottenByEmail: { max: 5, windowMs: hourMs },
  forgottenByAddress: { max: 20, windowMs: hourMs },
  noticesByEmail: { max: 20, windowMs: hourMs },
  guessesByNameAndAddress: { max: 10, windowMs: quarterMs },
  guessesByName: { max: 100, windowMs: quarterMs },
  guessesByAddress: { max: 50, windowMs: quarterMs },
  wrongCodesByUser: { max: 10, windowMs: quarterMs },
  passkeySignInsByAddress: { max: 300, windowMs: minuteMs },
  wrongVouchersByUser: { max: 10, windowMs: quarterMs },
  wrongVouchersByAddress: { max: 50, windowMs: quarterMs },
};

/**
 * No limits.
 *
 * @example
 * ```ts
 * import { noLimits, type Policy } from 'metered-chat';
 *
 * const policy: Partial<Policy> = { limits: noLimits };
 * ```
 */
export const noLimits: Limits = {
  chatsByUser: null,
  inputCountsByUser: null,
  ordersByUser: null,
  requestsByServiceKey: null,
  registrationsByAddress: null,
  refreshesByAddress: null,
  providerSignInsByAddress: null,
  forgottenByEmail: null,
  forgottenByAddress: null,
  noticesByEmail: null,
  guessesByNameAndAddress: null,
  guessesByName: null,
  guessesByAddress: null,
  wrongCodesByUser: null,
  passkeySignInsByAddress: null,
  wrongVouchersByUser: null,
  wrongVouchersByAddress: null,
};
