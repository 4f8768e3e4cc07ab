import type { HoldLedger } from '../../ports/hold-ledger.js';
import { notFound } from '../errors.js';
import { requireReader } from './access.js';
import type { Exchange } from './exchange.js';
import { maxAttachments, type Attachment } from './attachment.js';
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

/**
 * Returns an attachment of one exchange of the account. It can be an address, which only the provider fetches.
 *
 * @param request `position` counts from 0, in the order of the exchange's `attachments`.
 * @throws DomainError `not_found` if there is none, or the caller may not read it.
 */
export async function readAttachment(
  deps: { holdLedger: Pick<HoldLedger, 'attachment'> },
  { caller, userId, exchangeId, position }: ExchangeRequest & { position: number },
): Promise<Attachment> {
  requireReader({ caller, userId });
  const isPosition = Number.isInteger(position) && position >= 0 && position < maxAttachments;
  const attachment = isPosition ? await deps.holdLedger.attachment({ userId, exchangeId }, position) : null;
  if (attachment === null) throw notFound('attachment');
  return attachment;
}
