import type { CreditLedger } from '../../ports/credit-ledger.js';
import { requireReader, type AccountRequest } from '../chat/access.js';
import { notFound } from '../errors.js';
import type { WalletRules } from '../metering/wallet-rules.js';
import { normalizeId } from '../normalize-id.js';
import type { Balance } from './entry.js';

export interface ReadBalanceDeps {
  creditLedger: Pick<CreditLedger, 'balance'>;
  policy: WalletRules;
}

/**
 * Does what is due for an account; returns what it can spend and what is held, in credits.
 *
 * @throws DomainError `not_found` if there is no such account, or the caller may not read it.
 */
export async function readBalance(deps: ReadBalanceDeps, request: AccountRequest): Promise<Balance> {
  const userId = normalizeId(request.userId);
  requireReader({ caller: request.caller, userId });
  const balance = await deps.creditLedger.balance(userId, deps.policy);
  if (balance === null) throw notFound('account');
  return balance;
}
