import type { ChatLedger } from '../../ports/chat-ledger.js';
import type { Clock } from '../../ports/clock.js';
import type { Policy } from '../policy.js';
import {
  begunFacts,
  concludeExchange,
  endOf,
  type BegunExchange,
  type ConcludeExchangeDeps,
} from './settle-exchange.js';
import { joinSignals } from './model-call/joined-signal.js';
import { keepHold } from './renew-hold.js';
import type { RelayedChunk } from './model-call/gathered-reply.js';
import { relayReply, type RelayedReply } from './model-call/relay-reply.js';
import type { MessageChunk, SendMessageInput, SentMessage } from './message.js';

export interface AnswerMessageDeps extends ConcludeExchangeDeps {
  chatLedger: ConcludeExchangeDeps['chatLedger'] & Pick<ChatLedger, 'renew'>;
  clock: Clock;
  policy: Pick<Policy, 'holdTtlMs' | 'holdLeaseMs'>;
}

/** Asks the model, passes on what comes, and ends the exchange, whatever becomes of its reader. */
export async function* answerMessage(
  deps: AnswerMessageDeps,
  input: SendMessageInput,
  begun: BegunExchange,
): AsyncGenerator<MessageChunk, SentMessage> {
  const runsOn = input.idempotencyKey !== null;
  const ending = joinSignals([
    ...(runsOn ? [] : [input.signal]),
    ...(input.stopping ? [input.stopping] : []),
  ]);
  const kept = keepHold(deps, begun);
  const relaying = { clock: deps.clock, onBegun: kept.save };
  const relayed = relayReply(relaying, begun.chain, { ...begun.request, signal: ending.signal });
  const conclude = (reply: RelayedReply) =>
    concludeExchange(deps, begun, endOf(reply, ending.signal, input.stopping));
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

async function lastOf(relayed: AsyncGenerator<RelayedChunk, RelayedReply>): Promise<RelayedReply> {
  for (;;) {
    const next = await relayed.next();
    if (next.done === true) return next.value;
  }
}
