import type { Clock } from '../../ports/clock.js';
import type { HoldLedger } from '../../ports/hold-ledger.js';
import { notFound } from '../errors.js';
import { normalizeIds } from '../text.js';
import { requireOwner } from './access.js';
import type { Exchange } from './exchange.js';
import type { ExchangeRequest } from './follow-reply.js';
import type { RunningReplies } from './running-replies.js';

export interface StopReplyDeps {
  holdLedger: Pick<HoldLedger, 'exchange' | 'requestStop'>;
  clock: Pick<Clock, 'after'>;
  runningReplies: Pick<RunningReplies, 'find'>;
}

/** How often an exchange is looked at until it has ended, and for how long. */
const lookEveryMs = 50;
const looks = 60;

/**
 * Ends a reply that is in progress, in whichever process: charged as if its caller had disconnected now. Returns the
 * exchange as it is stored then; still pending if that takes more than 3 s. Changes nothing if the
 * reply has ended.
 *
 * @throws DomainError `not_found` if the account has no such exchange, or the caller may not change it.
 */
export async function stopReply(deps: StopReplyDeps, request: ExchangeRequest): Promise<Exchange> {
  const { caller } = request;
  const reference = normalizeIds({ userId: request.userId, exchangeId: request.exchangeId });
  requireOwner({ caller, userId: reference.userId });
  const running = deps.runningReplies.find(reference);
  if (running === null) await deps.holdLedger.requestStop(reference);
  else running.stop();
  for (let look = 0; ; look += 1) {
    const exchange = await deps.holdLedger.exchange(reference);
    if (exchange === null) throw notFound('chat');
    if (exchange.status !== 'pending' || look === looks) return exchange;
    await new Promise<void>((resolve) => {
      deps.clock.after(lookEveryMs, resolve);
    });
  }
}
