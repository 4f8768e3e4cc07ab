import { factorMethods, type FactorMethod } from './factor-method.js';
import { codePointCount, isBlank, unstorableReason } from '../text.js';
import type { User } from '../users/user.js';

/** A passkey of an account, without its public key. */
export interface Passkey {
  id: string;
  name: string;
  createdAt: Date;
  /** Null if it was never used since it was added. */
  lastUsedAt: Date | null;
  /** True if its provider keeps a copy, so that it works on several devices. */
  isBackedUp: boolean;
}

/** The second factors of an account. */
export interface Factors {
  /** Codes of an authenticator app; null if none is set up. */
  totp: { createdAt: Date } | null;
  /** Oldest first. */
  passkeys: readonly Passkey[];
  /** How many recovery codes can still be used. */
  recoveryCodesLeft: number;
}

/** Whose sign-in requires a second factor, beside those who have set one up. */
export const twoFactorRules = ['off', 'admin', 'all'] as const;
/** Whose sign-in requires a second factor. */
export type TwoFactorRule = (typeof twoFactorRules)[number];

/** How many passkeys an account can have at most. */
export const maxPasskeys = 20;

/** The maximum length of a passkey's name, in code points. */
export const maxPasskeyNameChars = 100;

/** Returns the problems of a passkey's name; none if it is valid. */
export function validatePasskeyName(name: string): string[] {
  const unstorable = unstorableReason(name);
  if (unstorable !== null) return [`A name ${unstorable}.`];
  if (isBlank(name)) return ['Must not be blank.'];
  return codePointCount(name) > maxPasskeyNameChars
    ? [`Must have at most ${maxPasskeyNameChars} characters.`]
    : [];
}

/** Returns whether an account has a second factor, which its sign-in then requires. */
export function hasFactor({ totp, passkeys }: Factors): boolean {
  return totp !== null || passkeys.length > 0;
}

/** Returns the ways by which an account can prove a second factor; none if it has no factor. */
export function methodsOf(factors: Factors): FactorMethod[] {
  if (!hasFactor(factors)) return [];
  const { totp, passkeys, recoveryCodesLeft } = factors;
  const possible = {
    totp: totp !== null,
    passkey: passkeys.length > 0,
    recovery_code: recoveryCodesLeft > 0,
  };
  return factorMethods.filter((method) => possible[method]);
}

/** Returns whether an account must have a second factor. */
export function requiresFactor(rule: TwoFactorRule, user: Pick<User, 'role'>): boolean {
  return rule === 'all' || (rule === 'admin' && user.role === 'admin');
}
