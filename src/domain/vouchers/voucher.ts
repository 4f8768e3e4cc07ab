import type { FieldErrors } from '../errors.js';
import { maxCredits } from '../ledger/entry.js';
import { codePointCount, isBlank, unstorableReason } from '../text.js';

/** What an administrator chooses for a batch of vouchers. */
export interface VoucherTerms {
  /** How many codes there are. */
  count: number;
  /** Credits that each redemption gives. */
  credits: number;
  /** How often each code can be redeemed, once by an account. */
  maxRedemptions: number;
  /** From this moment on no code can be redeemed; null for never. */
  expiresAt: Date | null;
  /** How long the credits can be spent after a redemption, in milliseconds; null for ever. */
  creditsTtlMs: number | null;
  /** What the batch is for; the reason of the entries that it adds. Null for none. */
  name: string | null;
}

/** Vouchers that were made together, without their codes. */
export interface VoucherBatch extends VoucherTerms {
  /** UUIDv7. */
  id: string;
  /** How often its codes were redeemed, all together. */
  redemptions: number;
  /** The administrator who made it, perhaps erased since; null if the operator made it. */
  createdBy: string | null;
  createdAt: Date;
  /** When an administrator ended it: no code can be redeemed since. Null if none did. */
  endedAt: Date | null;
}

/** A voucher that an account has redeemed. */
export interface Redemption {
  /** The id of the entry, and of the lot, that it added. */
  id: string;
  batchId: string;
  credits: number;
  createdAt: Date;
}

/** How many codes a batch can have. */
export const maxCodes = 10_000;
/** How often a code can be redeemed at most. */
export const maxRedemptionsOfCode = 1_000_000;
/** The longest time that credits of a voucher can last, in milliseconds: 36,500 days. */
export const maxCreditsTtlMs = 36_500 * 24 * 60 * 60 * 1000;
/** The longest name of a batch, in code points. */
export const maxBatchNameChars = 100;

/** Returns the problems of the terms of a new batch, by the names of the fields in the API. */
export function validateTerms(terms: VoucherTerms, now: Date): FieldErrors {
  const { count, credits, maxRedemptions, expiresAt, creditsTtlMs, name } = terms;
  return {
    count: validateWhole(count, maxCodes),
    credits: validateWhole(credits, maxCredits),
    max_redemptions: validateWhole(maxRedemptions, maxRedemptionsOfCode),
    expires_at: expiresAt !== null && expiresAt <= now ? ['Must be in the future.'] : [],
    credits_expire_after: creditsTtlMs === null ? [] : validateTtl(creditsTtlMs),
    name: name === null ? [] : validateName(name),
  };
}

function validateWhole(value: number, max: number): string[] {
  const isValid = Number.isSafeInteger(value) && value >= 1 && value <= max;
  return isValid ? [] : [`Must be a whole number from 1 to ${max}.`];
}

function validateTtl(ttlMs: number): string[] {
  const isValid = Number.isSafeInteger(ttlMs) && ttlMs >= 1000 && ttlMs <= maxCreditsTtlMs;
  return isValid ? [] : ['Must be from one second to 36500 days.'];
}

function validateName(name: string): string[] {
  const unstorable = unstorableReason(name);
  if (unstorable !== null) return [`A name ${unstorable}.`];
  if (isBlank(name)) return ['Must not be blank.'];
  return codePointCount(name) > maxBatchNameChars
    ? [`Must have at most ${maxBatchNameChars} characters.`]
    : [];
}
