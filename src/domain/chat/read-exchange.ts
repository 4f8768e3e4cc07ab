import type { HoldLedger } from '../../ports/hold-ledger.js';
import { notFound } from '../errors.js';
import { requireReader } from './access.js';
import type { Exchange } from './exchange.js';
import type { ExchangeRequest } from './follow-reply.js';

/**
 * Returns one exchange of the account.
 *
 * @throws DomainError `not_found` if the account has no such exchange, or the caller may not read it.
 */
export async function readExchange(
  deps: { holdLedger: Pick<HoldLedger, 'exchange'> },
  { caller, userId, exchangeId }: ExchangeRequest,
): Promise<Exchange> {
  requireReader({ caller, userId });
  const exchange = await deps.holdLedger.exchange({ userId, exchangeId });
  if (exchange === null) throw notFound('chat');
  return exchange;
}
