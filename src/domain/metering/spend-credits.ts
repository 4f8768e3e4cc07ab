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

export interface SpendCreditsDeps extends RecordAuditDeps {
  holdLedger: Pick<HoldLedger, 'spend'>;
  secrets: Secrets;
  policy: WalletRules;
}

/** A charge of a known price for an action. */
export interface SpendCreditsInput extends MeteringCaller, MeteredAction {
  /** Credits, 0 or more. */
  amount: number;
  /** How many units of something are charged. */
  units?: number | null;
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
  const { action, amount, units = null, details = null, idempotencyKey = null } = input;
  requireMetering(input);
  const userId = normalizeId(input.userId);
  throwIfInvalid({
    action: validateAction(action),
    ...validateCharge(input),
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
    case 'key_claimed':
      return replayed(spent.exchange, fingerprint);
    default:
      throw rejectionOf(spent, amount);
  }
}
