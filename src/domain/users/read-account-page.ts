import { requireReader, type AccountRequest } from '../chat/access.js';
import { readBalance, type ReadBalanceDeps } from '../ledger/read-balance.js';
import { normalizeCursor, normalizeId } from '../text.js';
import type { Page, PageRequest } from '../page.js';

/**
 * Returns a page of a list of an account. Checks that the account exists only if the page is empty.
 *
 * @throws DomainError `not_found` if there is no such account, or the caller may not read it.
 */
export async function readAccountPage<Item>(
  deps: ReadBalanceDeps,
  { caller, page, ...request }: AccountRequest & { page: PageRequest },
  read: (userId: string, page: PageRequest) => Promise<Page<Item>>,
): Promise<Page<Item>> {
  const userId = normalizeId(request.userId);
  requireReader({ caller, userId });
  const found = await read(userId, normalizeCursor(page));
  if (found.results.length === 0) await readBalance(deps, { caller, userId });
  return found;
}
