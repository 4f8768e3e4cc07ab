import type { HoldLedger } from '../../ports/hold-ledger.js';
import type { Secrets } from '../../ports/secrets.js';
import type { RecordAuditDeps } from '../audit/record-audit.js';
import { throwIfInvalid } from '../errors.js';
import { normalizeId } from '../text.js';
import { validateDetails } from './charge-details.js';
import type { ChargeDetails } from './hold.js';
import {
  fingerprintOf,
  meteredHold,
  rejectionOf,
  replayed,
  requireMetering,
  validateAction,
  validateAmount,
  validateUnits,
  validateKey,
  type MeteredHold,
} from './metered-hold.js';
import { recordMetering, type MeteringCaller } from './record-metering.js';
import type { WalletRules } from './wallet-rules.js';

export interface SpendCreditsDeps extends RecordAuditDeps {
  holdLedger: Pick<HoldLedger, 'spend'>;
  secrets: Secrets;
  policy: WalletRules;
}

/** A charge of a known price for an action. */
export interface SpendCreditsInput extends MeteringCaller {
  userId: string;
  /** What it is for: up to 64 lower-case letters, digits, `.`, `_` or `-`, such as `image.generate`; not `chat`. */
  action: string;
  /** Credits, 0 or more. */
  amount: number;
  /** How many units of something are charged. */
  units?: number | null;
  /** A JSON object of up to 4,096 characters. It stays in the ledger when the account is erased. */
  details?: ChargeDetails | null;
  /** A repetition with the same key within 24 hours returns the first result, and is not charged again. */
  idempotencyKey?: string | null;
}

/**
 * Charges credits for an action at once, in one atomic operation.
 *
 * @throws DomainError `admin_required`; `insufficient_scope`; `invalid_input`; `not_found` if there is no such account;
 * `insufficient_credits`; `cap_reached`; `idempotency_key_reused` if the key was used with another request.
 */
export async function spendCredits(deps: SpendCreditsDeps, input: SpendCreditsInput): Promise<MeteredHold> {
  const { action, amount, units = null, details = null } = input;
  const { idempotencyKey = null } = input;
  requireMetering(input);
  const userId = normalizeId(input.userId);
  throwIfInvalid({
    action: validateAction(action),
    amount: validateAmount(amount),
    units: validateUnits(units),
    details: validateDetails(details),
    'Idempotency-Key': validateKey(idempotencyKey),
  });
  const exchangeId = deps.ids.next();
  const fingerprint = fingerprintOf(deps.secrets, ['spend', action, amount, units, details]);
  const spent = await deps.holdLedger.spend({
    ...{ exchangeId, entryId: deps.ids.next(), userId, action, amount, units, details, idempotencyKey },
    ...{ keyId: null, requestFingerprint: fingerprint, rules: deps.policy },
  });
  switch (spent.outcome) {
    case 'spent': {
      const { balance } = spent;
      const charge = { id: exchangeId, userId, action, held: amount, captured: amount, uncollected: 0 };
      const metered = meteredHold({ ...charge, holdState: 'captured' }, { balance, replayed: false });
      return recordMetering(deps, 'credits_spent', input, metered);
    }
    case 'key_claimed': {
      const earlier = replayed(spent.exchange, fingerprint);
      return meteredHold(earlier, { balance: earlier.balanceAfter ?? 0, replayed: true });
    }
    default:
      throw rejectionOf(spent, amount);
  }
}
