import type { HoldLedger } from '../../ports/hold-ledger.js';
import type { Secrets } from '../../ports/secrets.js';
import type { RecordAuditDeps } from '../audit/record-audit.js';
import { throwIfInvalid } from '../errors.js';
import { normalizeId } from '../text.js';
import {
  fingerprintOf,
  meteredHold,
  rejectionOf,
  replayed,
  requireMetering,
  validateAction,
  validateCharge,
  type MeteredAction,
  type MeteredHold,
} from './metered-hold.js';
import { recordMetering, type MeteringCaller } from './record-metering.js';
import type { WalletRules } from './wallet-rules.js';

export interface ReserveCreditsDeps extends RecordAuditDeps {
  holdLedger: Pick<HoldLedger, 'reserve'>;
  secrets: Secrets;
  policy: WalletRules;
}

/** Credits to hold for an action whose price is not yet known. */
export interface ReserveCreditsInput extends MeteringCaller, MeteredAction {
  /** Credits to hold, 0 or more. */
  amount: number;
  /** How long they are held unless that is renewed, in milliseconds: from a second to 24 hours; by default 10 minutes. */
  ttlMs?: number;
  /** A repetition with the same key within 24 hours returns the same hold, unless it was released or has expired. */
  idempotencyKey?: string | null;
}

/** How long a hold of an action lasts by default, in milliseconds. */
export const defaultHoldTtlMs = 10 * 60 * 1000;
const minHoldTtlMs = 1000;
const maxHoldTtlMs = 24 * 60 * 60 * 1000;

/** The same times in seconds, as the API has them. */
export const holdTtlSeconds = {
  default: defaultHoldTtlMs / 1000,
  min: minHoldTtlMs / 1000,
  max: maxHoldTtlMs / 1000,
};

/** Returns the problems of the time for which credits are held, in milliseconds. */
export function validateHoldTtl(ttlMs: number): string[] {
  return Number.isSafeInteger(ttlMs) && ttlMs >= minHoldTtlMs && ttlMs <= maxHoldTtlMs
    ? []
    : [`Must be from ${minHoldTtlMs / 1000} to ${maxHoldTtlMs / 1000} seconds.`];
}

/**
 * Holds credits for an action. The hold must be settled or released; if it is not, all of it returns to the balance when its
 * time is over.
 *
 * @throws DomainError `admin_required`; `insufficient_scope`; `invalid_input`; `not_found` if there is no such account;
 * `insufficient_credits`; `cap_reached`; `idempotency_key_reused` if the key was used with another request.
 */
export async function reserveCredits(
  deps: ReserveCreditsDeps,
  input: ReserveCreditsInput,
): Promise<MeteredHold> {
  const { action, amount, ttlMs = defaultHoldTtlMs, details = null, idempotencyKey = null } = input;
  requireMetering(input);
  const userId = normalizeId(input.userId);
  throwIfInvalid({
    action: validateAction(action),
    ttl_seconds: validateHoldTtl(ttlMs),
    ...validateCharge(input),
  });
  const exchangeId = deps.ids.next();
  const fingerprint = fingerprintOf(deps.secrets, ['hold', action, amount, ttlMs, details]);
  const reserved = await deps.holdLedger.reserve({
    ...{ exchangeId, userId, action, chat: null, keyId: null, details, hold: amount, leaseMs: ttlMs },
    ...{ idempotencyKey, requestFingerprint: fingerprint, rules: deps.policy, ids: deps.ids },
  });
  switch (reserved.outcome) {
    case 'reserved': {
      const { balance } = reserved;
      const hold = { id: exchangeId, userId, action, held: amount, captured: null, uncollected: 0 };
      const metered = meteredHold({ ...hold, holdState: 'open' }, { balance, replayed: false });
      return recordMetering(deps, 'hold_created', input, metered);
    }
    case 'key_claimed':
      return replayed(reserved.exchange, fingerprint);
    case 'no_such_conversation':
      throw new TypeError('Only a chat requires a conversation.');
    default:
      throw rejectionOf(reserved, amount);
  }
}
