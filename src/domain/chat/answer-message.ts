import type { ChatLedger } from '../../ports/chat-ledger.js';
import type { Clock } from '../../ports/clock.js';
import type { Policy } from '../policy.js';
import {
  begunFacts,
  concludeExchange,
  endOf,
  type BegunExchange,
  type ConcludeExchangeNeeds,
} from './conclude-exchange.js';
import { joinSignals } from './joined-signal.js';
import { keepHold } from './keep-hold.js';
import type { RelayedPiece } from './gathered-reply.js';
import { relayReply, type RelayedReply } from './relay-reply.js';
import type { MessagePiece, SendMessageInput, SentMessage } from './sent-message.js';

export interface AnswerMessageNeeds extends ConcludeExchangeNeeds {
  chatLedger: ConcludeExchangeNeeds['chatLedger'] & Pick<ChatLedger, 'renew'>;
  clock: Clock;
  policy: Pick<Policy, 'holdTtlMs' | 'holdLeaseMs'>;
}

/** Asks the model, passes on what comes, and ends the exchange, whatever becomes of its reader. */
export async function* answerMessage(
  needs: AnswerMessageNeeds,
  input: SendMessageInput,
  begun: BegunExchange,
): AsyncGenerator<MessagePiece, SentMessage> {
  const runsOn = input.idempotencyKey !== null;
  const ending = joinSignals([
    ...(runsOn ? [] : [input.signal]),
    ...(input.stopping ? [input.stopping] : []),
  ]);
  const kept = keepHold(needs, begun);
  const relaying = { clock: needs.clock, onBegun: kept.save };
  const relayed = relayReply(relaying, begun.chain, { ...begun.request, signal: ending.signal });
  const conclude = (reply: RelayedReply) =>
    concludeExchange(needs, begun, endOf(reply, ending.signal, input.stopping));
  let isOver = false;
  try {
    yield { type: 'begun', replayed: false, balance: null, ...begunFacts(begun) };
    let next = await relayed.next();
    while (next.done !== true) {
      yield next.value;
      next = await relayed.next();
    }
    isOver = true;
    const { sent, error } = await conclude(next.value);
    if (sent === null) throw error;
    return sent;
  } finally {
    if (!isOver) {
      // The reader stopped before the end.
      if (!runsOn) ending.abort();
      await conclude(await lastOf(relayed));
    }
    kept.stop();
    ending.part();
  }
}

async function lastOf(relayed: AsyncGenerator<RelayedPiece, RelayedReply>): Promise<RelayedReply> {
  for (;;) {
    const next = await relayed.next();
    if (next.done === true) return next.value;
  }
}
