import type { EntryIds } from '../../ports/credit-ledger.js';
import type { LotLedger } from '../../ports/lot-ledger.js';
import { requireAdmin, type AdminCaller } from '../auth/caller.js';
import { notFound } from '../errors.js';
import type { LotFilter } from '../ledger/read-lots.js';
import type { Lot } from '../metering/lot.js';
import type { WalletRules } from '../metering/wallet-rules.js';
import type { Page, PageRequest } from '../page.js';

/**
 * Returns a page of the lots of an account, newest first. It is no use of the account, so that no allowance is given. Rejects
 * with `admin_required` or `not_found`.
 */
export async function listAccountLots(
  deps: { lotLedger: Pick<LotLedger, 'lots'>; ids: EntryIds; policy: Pick<WalletRules, 'lowBalance'> },
  { caller, userId, onlyLeft = false }: LotFilter & { caller: AdminCaller; userId: string },
  page: PageRequest,
): Promise<Page<Lot>> {
  requireAdmin(caller, 'read');
  const lots = await deps.lotLedger.lots(userId, page, {
    onlyLeft,
    ids: deps.ids,
    lowBalance: deps.policy.lowBalance,
  });
  if (lots === null) throw notFound('account');
  return lots;
}
