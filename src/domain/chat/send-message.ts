import type { HoldLedger } from '../../ports/hold-ledger.js';
import type { Clock } from '../../ports/clock.js';
import type { WalletRules } from '../metering/wallet-rules.js';
import type { Policy } from '../policy.js';
import type { MessageChunk, SendMessageRequest, SentMessage } from './message.js';
import { normalizeMessage, prepareMessage, type PrepareMessageDeps } from './prepare-message.js';
import { joinSignals } from './model-call/deadlines.js';
import { relayReply, type RelayedChunk, type RelayedReply } from './model-call/relay-reply.js';
import { renewHold, settleExchange, type SettledExchange, type SettleDeps } from './exchange-hold.js';
import { replayExchange } from './replay-exchange.js';
import { reserveExchange } from './reserve-exchange.js';

export interface SendMessageDeps extends PrepareMessageDeps, SettleDeps {
  holdLedger: Pick<HoldLedger, 'reserve' | 'renew' | 'settle' | 'release'>;
  clock: Clock;
  policy: PrepareMessageDeps['policy'] & Pick<Policy, 'holdTtlMs' | 'holdLeaseMs'> & WalletRules;
}

/** Sends a message as `streamMessage` does, and returns its last chunk. */
export async function sendMessage(deps: SendMessageDeps, request: SendMessageRequest): Promise<SentMessage> {
  for await (const chunk of streamMessage(deps, request)) if (chunk.type === 'done') return chunk;
  throw new TypeError('A message must end with its `done` chunk.');
}

/**
 * Sends a message to a model and yields the reply as it comes: prepares the request, reserves its credits, relays the
 * reply, then settles or releases the hold. The message is charged exactly once if the model replies, and not at all if it
 * fails.
 *
 * The model is read no faster than the chunks are. A caller that stops reading counts as disconnected, as one whose signal
 * is aborted; but after an abort the chunks must be read to their end, for only then does the exchange end.
 *
 * @throws DomainError of `prepareMessage`; `not_found` if the account or conversation does not exist, or the exchange of a
 * repeated key was erased; `insufficient_credits`; `cap_reached`; `idempotency_in_progress`; `idempotency_key_reused`; the model's error;
 * `unavailable` if the process stops first. If the signal is aborted before any text has come, throws its reason.
 */
export async function* streamMessage(
  deps: SendMessageDeps,
  request: SendMessageRequest,
): AsyncGenerator<MessageChunk, void> {
  const input = normalizeMessage(request);
  const prepared = await prepareMessage(deps, input);
  const reserved = await reserveExchange(deps, input, prepared);
  if ('replayed' in reserved) {
    const { chain, fingerprint } = prepared;
    yield* replayExchange(reserved.replayed, { ...input, model: chain[0].name, fingerprint });
    return;
  }

  const { exchange } = reserved;
  const runsOn = input.idempotencyKey !== null;
  const { stopping } = input;
  const ending = joinSignals([...(runsOn ? [] : [input.signal]), ...(stopping ? [stopping] : [])]);
  const renewal = renewHold(deps, exchange);
  const chunks = relayReply({ clock: deps.clock, onStarted: renewal.save }, exchange.chain, {
    ...exchange.request,
    signal: ending.signal,
  });
  let reply: RelayedReply | null = null;
  let settled: SettledExchange;
  try {
    const { exchangeId, conversationId, createdAt } = exchange;
    yield { type: 'started', exchangeId, conversationId, createdAt, replayed: false, balance: null };
    for await (const chunk of keepOpen(chunks)) {
      if (chunk.type === 'end') reply = chunk.reply;
      else yield chunk;
    }
  } finally {
    try {
      const hasLeft = reply === null;
      if (hasLeft && !runsOn) ending.abort();
      reply ??= await endOf(chunks);
      settled = await settleExchange(deps, exchange, reply, { signal: ending.signal, stopping });
    } finally {
      renewal.stop();
      ending.detach();
    }
  }
  if (settled.sent === null) throw settled.error;
  yield { type: 'done', ...settled.sent };
}

/** Returns the same chunks for a `for await` loop that does not end them if it is left. */
function keepOpen<Chunk>(chunks: AsyncIterator<Chunk>): AsyncIterable<Chunk> {
  return { [Symbol.asyncIterator]: () => ({ next: () => chunks.next() }) };
}

/** Reads the rest of a reply. */
async function endOf(chunks: AsyncIterable<RelayedChunk>): Promise<RelayedReply> {
  for await (const chunk of chunks) if (chunk.type === 'end') return chunk.reply;
  throw new TypeError('A reply must end with its `end` chunk.');
}
