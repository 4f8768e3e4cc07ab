import type { LotLedger } from '../../ports/lot-ledger.js';
import type { AccountRequest } from '../chat/access.js';
import { notFound } from '../errors.js';
import type { Lot } from '../metering/lot.js';
import type { WalletRules } from '../metering/wallet-rules.js';
import { normalizeCursor, normalizeId } from '../text.js';
import type { Page, PageRequest } from '../page.js';
import { readBalance, type ReadBalanceDeps } from './read-balance.js';

/** Which lots to return. */
export interface LotFilter {
  /** Only lots that have something left; false by default. */
  onlyLeft?: boolean;
}

/**
 * Does what is due for an account; returns a page of its lots, newest first.
 *
 * @throws DomainError `not_found` if there is no such account, or the caller may not read it.
 */
export async function readLots(
  deps: ReadBalanceDeps & { lotLedger: Pick<LotLedger, 'lots'>; policy: WalletRules },
  request: AccountRequest,
  page: PageRequest,
  { onlyLeft = false }: LotFilter = {},
): Promise<Page<Lot>> {
  await readBalance(deps, request);
  const options = { onlyLeft, ids: deps.ids, lowBalance: deps.policy.lowBalance };
  const lots = await deps.lotLedger.lots(normalizeId(request.userId), normalizeCursor(page), options);
  if (lots === null) throw notFound('account');
  return lots;
}
