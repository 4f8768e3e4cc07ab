import type { CreditLedger } from '../../ports/credit-ledger.js';
import type { LotLedger } from '../../ports/lot-ledger.js';
import type { Clock } from '../../ports/clock.js';
import { accountOf } from '../auth/caller.js';
import { notFound } from '../errors.js';
import { requireReader, type AccountRequest } from '../chat/access.js';
import { allowancePeriodAt, type Allowance } from '../metering/allowance.js';
import type { WalletRules } from '../metering/wallet-rules.js';
import { normalizeId } from '../text.js';

export interface ReadAllowanceDeps {
  lotLedger: Pick<LotLedger, 'allowance'>;
  clock: Pick<Clock, 'now'>;
  policy: WalletRules;
}

/** The allowance of an account. */
export interface AccountAllowance {
  /** Null if it gets none. */
  allowance: Allowance | null;
  /** False if it was set for this account, true if it is the default. */
  isDefault: boolean;
  /** When the current period ends, what is left of it expires, and the next one can be given. Null without an allowance. */
  renewsAt: Date | null;
}

/**
 * Returns the allowance of an account.
 *
 * @throws DomainError `not_found` if there is no such account, or the caller may not read it.
 */
export async function readAllowance(
  deps: ReadAllowanceDeps & { creditLedger: Pick<CreditLedger, 'balance'> },
  request: AccountRequest,
): Promise<AccountAllowance> {
  const userId = normalizeId(request.userId);
  requireReader({ caller: request.caller, userId });
  const isOwn = accountOf(request.caller)?.id === userId;
  if (!isOwn && (await deps.creditLedger.balance(userId)) === null) throw notFound('account');
  return allowanceOf(deps, userId);
}

/** Returns the allowance of an account that the caller may read. */
export async function allowanceOf(deps: ReadAllowanceDeps, userId: string): Promise<AccountAllowance> {
  const { policy, clock } = deps;
  const own = await deps.lotLedger.allowance(userId);
  const allowance = own ?? policy.allowance;
  const isDefault = own === null;
  if (allowance === null || allowance.amount === 0) return { allowance: null, isDefault, renewsAt: null };
  const { end } = allowancePeriodAt(allowance, clock.now(), policy.timeZone);
  return { allowance, isDefault, renewsAt: end };
}
