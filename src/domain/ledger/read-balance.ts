import type { CreditLedger, EntryIds } from '../../ports/credit-ledger.js';
import { accountOf } from '../auth/caller.js';
import { requireReader, type AccountRequest } from '../chat/access.js';
import { notFound } from '../errors.js';
import type { WalletRules } from '../metering/wallet-rules.js';
import { normalizeId } from '../text.js';
import type { Balance } from './entry.js';

export interface ReadBalanceDeps {
  creditLedger: Pick<CreditLedger, 'balance'>;
  ids: EntryIds;
  policy: WalletRules;
}

/**
 * Returns what an account can spend and what is held, in credits. For the account itself and the operator, does before what
 * is due, such as an expiry or an allowance; an administrator only reads.
 *
 * @throws DomainError `not_found` if there is no such account, or the caller may not read it.
 */
export async function readBalance(deps: ReadBalanceDeps, request: AccountRequest): Promise<Balance> {
  const userId = normalizeId(request.userId);
  requireReader({ caller: request.caller, userId });
  const isUse = request.caller.by.kind === 'operator' || accountOf(request.caller)?.id === userId;
  const balance = await deps.creditLedger.balance(
    userId,
    isUse ? { rules: deps.policy, ids: deps.ids } : null,
  );
  if (balance === null) throw notFound('account');
  return balance;
}
