import type { CreditLedger } from '../../ports/credit-ledger.js';
import { notFound } from '../errors.js';
import type { WalletRules } from '../metering/wallet-rules.js';
import { normalizeId } from '../normalize-id.js';
import type { Balance } from './entry.js';

export interface ReadBalanceDeps {
  creditLedger: Pick<CreditLedger, 'balance'>;
  policy: WalletRules;
}

/** Does what is due for an account; returns what it can spend and what is held, in credits. Rejects with `not_found`. */
export async function readBalance(deps: ReadBalanceDeps, userId: string): Promise<Balance> {
  const balance = await deps.creditLedger.balance(normalizeId(userId), deps.policy);
  if (balance === null) throw notFound('account');
  return balance;
}
