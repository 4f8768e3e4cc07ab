import type { EntryIds } from '../../ports/credit-ledger.js';
import type { LotLedger } from '../../ports/lot-ledger.js';
import type { WalletRules } from '../metering/wallet-rules.js';
import { requireOperator, type OperatorCaller } from '../auth/caller.js';

/**
 * Lets what has expired leave the accounts that have not been used since; returns in how many something left. Rejects every
 * account with `admin_required`.
 */
export async function expireLots(
  deps: { lotLedger: Pick<LotLedger, 'expireLots'>; ids: EntryIds; policy: Pick<WalletRules, 'lowBalance'> },
  { caller }: { caller: OperatorCaller },
): Promise<number> {
  requireOperator(caller);
  return deps.lotLedger.expireLots(deps.ids, deps.policy.lowBalance);
}
