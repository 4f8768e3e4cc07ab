import type { RejectedOutcome, HoldLedger } from '../../ports/hold-ledger.js';
import type { Secrets } from '../../ports/secrets.js';
import { validateIdempotencyKey } from '../chat/exchange.js';
import { requireAdmin, type AdminCaller } from '../auth/caller.js';
import { DomainError, notFound, type FieldErrors } from '../errors.js';
import { maxCredits } from '../ledger/entry.js';
import { normalizeId } from '../text.js';
import { debtOutstanding } from '../orders/debt-outstanding.js';
import { capReached } from './cap-reached.js';
import { canonicalJson, validateDetails } from './charge-details.js';
import { chatAction, type ChargeDetails, type Hold, type JsonValue } from './hold.js';

/** `open` until it is settled, released by the caller, or expires. */
export const meteredStatuses = ['open', 'settled', 'released', 'expired'] as const;
/** What became of a hold. */
export type MeteredStatus = (typeof meteredStatuses)[number];

/**
 * Credits that are held for an action, and what became of them.
 *
 * @example
 * ```ts
 * const hold: MeteredHold = await core.metering.reserve({ userId, action: 'image.generate', amount: 40 });
 * console.log(hold.status, hold.balance);
 * ```
 */
export interface MeteredHold {
  /** UUIDv7. */
  id: string;
  userId: string;
  action: string;
  status: MeteredStatus;
  /** Credits that were held; of a spending, its amount. */
  held: number;
  /** Credits that were charged; 0 unless it is settled. */
  charged: number;
  /** Credits that it cost beyond what was charged, because the balance or a cap did not cover them. */
  uncollected: number;
  /** Credits available right after the request. */
  balance: number;
  /** True if an earlier request with the same idempotency key did this. */
  replayed: boolean;
}

/**
 * Throws unless the caller may pay with the credits of accounts. The host program gives no caller at all and acts as the
 * operator; a caller that is undefined is a mistake of the program, such as a forgotten authentication.
 *
 * @throws DomainError `admin_required` or `insufficient_scope`.
 */
export function requireMetering(input: { caller?: AdminCaller | undefined }): void {
  if (!('caller' in input)) return;
  if (input.caller === undefined)
    throw new TypeError('The caller is undefined. Authenticate it, or leave it out.');
  requireAdmin(input.caller, 'metering');
}

/** Returns a hold as callers see it. */
export function meteredHold(
  hold: Pick<Hold, 'id' | 'userId' | 'action' | 'holdState' | 'held' | 'captured' | 'uncollected'>,
  { balance, replayed }: Pick<MeteredHold, 'balance' | 'replayed'>,
): MeteredHold {
  const { id, userId, action, held, uncollected } = hold;
  const status = statusOf(hold);
  return { id, userId, action, status, held, charged: hold.captured ?? 0, uncollected, balance, replayed };
}

function statusOf({ holdState }: Pick<Hold, 'holdState'>): MeteredStatus {
  switch (holdState) {
    case 'open':
    case 'released':
    case 'expired':
      return holdState;
    case 'captured':
      return 'settled';
    case 'none':
      throw new TypeError('Only a chat can be imported.');
  }
}

/**
 * Returns the hold of another action than a chat.
 *
 * @throws DomainError `not_found` if there is none.
 */
export async function findHold(
  { holdLedger }: { holdLedger: Pick<HoldLedger, 'find'> },
  holdId: string,
): Promise<Hold> {
  const hold = await holdLedger.find(normalizeId(holdId));
  if (hold === null) throw notFound('hold');
  return hold;
}

/** Returns the error of a request for a hold that has ended. */
export function holdEnded({ holdState }: Pick<Hold, 'holdState'>): DomainError {
  const how = {
    captured: 'was settled',
    released: 'was released',
    open: 'has expired',
    expired: 'has expired',
  };
  const reason = holdState === 'none' ? 'has ended' : how[holdState];
  return new DomainError('hold_ended', `This hold ${reason} and can no longer be changed.`);
}

/** Returns what requests with one idempotency key are compared by. */
export function fingerprintOf(secrets: Pick<Secrets, 'digest'>, request: readonly JsonValue[]): string {
  return secrets.digest(canonicalJson(request));
}

/**
 * Returns the hold or charge that claimed an idempotency key, with the balance of that time.
 *
 * @throws DomainError `idempotency_key_reused` if the request differs.
 */
export function replayed(earlier: Hold, fingerprint: string): MeteredHold {
  if (earlier.action === chatAction || earlier.requestFingerprint !== fingerprint) throw keyReused();
  return meteredHold(earlier, { balance: earlier.balanceAfter ?? 0, replayed: true });
}

/** Returns the error of an idempotency key that was used with another request. */
export function keyReused(): DomainError {
  return new DomainError('idempotency_key_reused', 'This idempotency key was used with another request.');
}

/** Returns the error of credits that were not taken. */
export function rejectionOf(
  rejected: Exclude<RejectedOutcome, { outcome: 'key_claimed' }>,
  required: number,
): DomainError {
  switch (rejected.outcome) {
    case 'insufficient': {
      const { balance } = rejected;
      const sentence = `The balance is too low: ${balance} available, ${required} required.`;
      return new DomainError('insufficient_credits', sentence, { balance, required });
    }
    case 'debt_outstanding':
      return debtOutstanding(rejected.debt);
    case 'cap_reached':
      return capReached(rejected.cap, required);
    case 'no_such_user':
      return notFound('account');
  }
}

/** What credits are held or charged for. */
export interface MeteredAction {
  userId: string;
  /** What it is for: up to 64 lower-case letters, digits, `.`, `_` or `-`, such as `image.generate`; not `chat`. */
  action: string;
  /** A JSON object of up to 4,096 characters. It stays in the ledger when the account is erased. */
  details?: ChargeDetails | null;
}

/** The form of the name of an action. */
export const actionPattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Returns the problems of the name of an action. */
export function validateAction(action: string): string[] {
  return actionPattern.test(action) && action !== chatAction
    ? []
    : [
        `Must have 1 to 64 lower-case letters, digits, ".", "_" or "-", begin with a letter or digit, and not be "${chatAction}".`,
      ];
}

/** Returns the problems of an amount of credits. */
function validateAmount(amount: number): string[] {
  return Number.isSafeInteger(amount) && amount >= 0
    ? []
    : [`Must be a whole number from 0 to ${maxCredits}.`];
}

/** Returns the problems of an amount of credits and of what can be given with it, by field. */
export function validateCharge({
  amount,
  units = null,
  details = null,
  idempotencyKey = null,
}: {
  amount: number;
  units?: number | null;
  details?: ChargeDetails | null;
  idempotencyKey?: string | null;
}): FieldErrors {
  return {
    amount: validateAmount(amount),
    units: units === null ? [] : validateAmount(units),
    details: validateDetails(details),
    'Idempotency-Key': validateKey(idempotencyKey),
  };
}

/** Returns the problems of an idempotency key, which may be absent. */
export function validateKey(key: string | null): string[] {
  return key === null ? [] : validateIdempotencyKey(key);
}
