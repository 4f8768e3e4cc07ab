import type { CreditLedger } from '../../ports/credit-ledger.js';
import type { HoldLedger } from '../../ports/hold-ledger.js';
import type { Secrets } from '../../ports/secrets.js';
import type { RecordAuditDeps } from '../audit/record-audit.js';
import { notFound, throwIfInvalid } from '../errors.js';
import type { ChargeDetails, EndKey, Hold, JsonValue } from './hold.js';
import {
  findHold,
  fingerprintOf,
  holdEnded,
  keyReused,
  meteredHold,
  requireMetering,
  validateCharge,
  validateKey,
  type MeteredHold,
} from './metered-hold.js';
import { recordMetering, type MeteringCaller } from './record-metering.js';
import { validateHoldTtl } from './reserve-credits.js';
import type { WalletRules } from './wallet-rules.js';

/** Identifies a hold and its request. */
export interface HoldRequest extends MeteringCaller {
  /** The id of the hold. */
  holdId: string;
}

/** A request that ends a hold. */
export interface EndHoldInput extends HoldRequest {
  /** A repetition with the same key returns the first result. */
  idempotencyKey?: string | null;
}

/** What a hold is charged. */
export interface SettleHoldInput extends EndHoldInput {
  /** Credits, 0 or more. What exceeds the hold is taken from the balance as far as that goes. */
  amount: number;
  /** How many units of something are charged. */
  units?: number | null;
  /** Replaces the details of the hold. A JSON object of up to 4,096 characters. */
  details?: ChargeDetails | null;
}

export interface EndHoldDeps extends RecordAuditDeps {
  holdLedger: Pick<HoldLedger, 'find' | 'settle' | 'release' | 'renew'>;
  creditLedger: Pick<CreditLedger, 'balance'>;
  secrets: Secrets;
  policy: WalletRules;
}

/**
 * Ends a hold with a charge, and returns what is left of it to the balance.
 *
 * @throws DomainError `admin_required`; `insufficient_scope`; `invalid_input`; `not_found` if there is no such hold;
 * `hold_ended` if it was settled, released or has expired; `idempotency_key_reused` if the key was used with another request
 * for this hold.
 */
export async function settleHold(deps: EndHoldDeps, input: SettleHoldInput): Promise<MeteredHold> {
  const { amount, units = null, details = null, idempotencyKey = null } = input;
  requireMetering(input);
  throwIfInvalid(validateCharge(input));
  const endKey = endKeyOf(deps, idempotencyKey, ['settle', amount, units, details]);
  const hold = await findHold(deps, input.holdId);
  if (hold.holdState !== 'open') return repeatEnd(deps, hold, endKey);
  const settled = await deps.holdLedger.settle({
    ...{ exchange: { userId: hold.userId, exchangeId: hold.id }, entryId: deps.ids.next(), capture: amount },
    ...{ units, details, endKey, rules: deps.policy, chat: null },
  });
  if (settled.outcome !== 'settled') return repeatEnd(deps, await findHold(deps, hold.id), endKey);
  const { captured, uncollected, balance } = settled;
  const ended = { ...hold, holdState: 'captured', captured, uncollected } as const;
  const metered = meteredHold(ended, { balance, replayed: false });
  return recordMetering(deps, 'hold_settled', input, metered);
}

/**
 * Ends a hold without a charge: all of it returns to the balance.
 *
 * @throws DomainError `admin_required`; `insufficient_scope`; `invalid_input`; `not_found` if there is no such hold;
 * `hold_ended` if it was settled, released or has expired; `idempotency_key_reused` if the key was used with another request
 * for this hold.
 */
export async function releaseHold(deps: EndHoldDeps, input: EndHoldInput): Promise<MeteredHold> {
  const { idempotencyKey = null } = input;
  requireMetering(input);
  throwIfInvalid({ 'Idempotency-Key': validateKey(idempotencyKey) });
  const endKey = endKeyOf(deps, idempotencyKey, ['release']);
  const hold = await findHold(deps, input.holdId);
  if (hold.holdState !== 'open') return repeatEnd(deps, hold, endKey);
  const exchange = { userId: hold.userId, exchangeId: hold.id };
  const ending = { exchange, status: 'cancelled', failure: null, endKey } as const;
  const released = await deps.holdLedger.release(ending);
  if (released.outcome !== 'released') return repeatEnd(deps, await findHold(deps, hold.id), endKey);
  const { balance } = released;
  const metered = meteredHold({ ...hold, holdState: 'released' }, { balance, replayed: false });
  return recordMetering(deps, 'hold_released', input, metered);
}

/**
 * Moves the end of an open hold to `ttlMs` from now: from a second to 24 hours.
 *
 * @throws DomainError `admin_required`; `insufficient_scope`; `invalid_input`; `not_found` if there is no such hold;
 * `hold_ended` if it was settled, released or has expired.
 */
export async function renewHold(
  deps: EndHoldDeps,
  input: HoldRequest & { ttlMs: number },
): Promise<MeteredHold> {
  const { holdId, ttlMs } = input;
  requireMetering(input);
  throwIfInvalid({ ttl_seconds: validateHoldTtl(ttlMs) });
  const hold = await findHold(deps, holdId);
  const isRenewed = await deps.holdLedger.renew({ userId: hold.userId, exchangeId: hold.id }, ttlMs);
  if (!isRenewed) throw holdEnded(await findHold(deps, hold.id));
  return meteredHold(hold, { balance: await balanceOf(deps, hold), replayed: false });
}

/** Returns the result of a hold that had ended, if this request ended it; otherwise throws. */
async function repeatEnd(deps: EndHoldDeps, hold: Hold, endKey: EndKey | null): Promise<MeteredHold> {
  if (endKey === null || hold.endKey?.key !== endKey.key) throw holdEnded(hold);
  if (hold.endKey.fingerprint !== endKey.fingerprint) throw keyReused();
  const balance = hold.holdState === 'captured' ? hold.balanceAfter : null;
  return meteredHold(hold, { balance: balance ?? (await balanceOf(deps, hold)), replayed: true });
}

/** Only reads: whatever is due is done when credits are used. */
async function balanceOf({ creditLedger }: EndHoldDeps, { userId }: Hold): Promise<number> {
  const found = await creditLedger.balance(userId);
  if (found === null) throw notFound('account');
  return found.balance;
}

function endKeyOf(
  { secrets }: Pick<EndHoldDeps, 'secrets'>,
  key: string | null,
  request: readonly JsonValue[],
): EndKey | null {
  return key === null ? null : { key, fingerprint: fingerprintOf(secrets, request) };
}
