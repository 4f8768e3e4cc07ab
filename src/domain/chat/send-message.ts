import type { Clock } from '../../ports/clock.js';
import type { HoldLedger } from '../../ports/hold-ledger.js';
import { notFound } from '../errors.js';
import { capReached } from '../metering/cap-reached.js';
import { chatAction } from '../metering/hold.js';
import type { WalletRules } from '../metering/wallet-rules.js';
import { debtOutstanding } from '../orders/debt-outstanding.js';
import type { Policy } from '../policy.js';
import {
  renewHold,
  settleExchange,
  type OpenExchange,
  type SettleDeps,
  type SettledExchange,
} from './exchange-hold.js';
import type { Exchange } from './exchange.js';
import { affordableOutput, insufficient, minFittedOutputTokens } from './fit-budget.js';
import type { MessageChunk, SendMessageInput, SendMessageRequest, SentMessage } from './message.js';
import { joinSignals, type JoinedSignal } from './model-call/deadlines.js';
import { relayReply } from './model-call/relay-reply.js';
import {
  conversationOf,
  normalizeMessage,
  prepareMessage,
  type PrepareMessageDeps,
  type PreparedMessage,
} from './prepare-message.js';
import { replayExchange } from './replay-exchange.js';
import type { ReceivedReply, RunningReplies } from './running-replies.js';

export interface SendMessageDeps extends PrepareMessageDeps, SettleDeps {
  holdLedger: Pick<HoldLedger, 'reserve' | 'renew' | 'settle' | 'release'>;
  clock: Clock;
  runningReplies: Pick<RunningReplies, 'begin'>;
  policy: PrepareMessageDeps['policy'] & Pick<Policy, 'holdTtlMs' | 'holdLeaseMs'> & WalletRules;
}

/** Sends a message as `streamMessage` does, and returns its last chunk. */
export async function sendMessage(deps: SendMessageDeps, request: SendMessageRequest): Promise<SentMessage> {
  const begun = await beginExchange(deps, request);
  if ('replayed' in begun) return lastOf(begun.replayed);
  const settled = await runExchange(deps, begun, doNotWait);
  if (settled.sent === null) throw settled.error;
  return settled.sent;
}

/**
 * Sends a message to a model and yields the reply as it comes: prepares the request, reserves its credits, relays the
 * reply, then settles or releases the hold. The message is charged exactly once if the model replies, and not at all if it
 * fails.
 *
 * Without an idempotency key the model is read no faster than the chunks are, and a caller that stops reading counts as
 * disconnected, as one whose signal is aborted. With one the exchange runs on without its caller.
 *
 * @throws DomainError of `prepareMessage`; `not_found` if the account or conversation does not exist, or the exchange of a
 * repeated key was erased; `insufficient_credits`; `cap_reached`; `idempotency_in_progress`; `idempotency_key_reused`; the model's error;
 * `unavailable` if the process stops first. If the signal is aborted before any text has come, throws its reason.
 */
export async function* streamMessage(
  deps: SendMessageDeps,
  request: SendMessageRequest,
): AsyncGenerator<MessageChunk, void> {
  const begun = await beginExchange(deps, request);
  if ('replayed' in begun) {
    yield* begun.replayed;
    return;
  }
  const { ending, running, runsOn } = begun;
  const pace = runsOn ? null : readersPace(ending.signal);
  const ended = runExchange(deps, begun, pace?.wait ?? doNotWait);
  // It may be rejected before it is awaited.
  ended.catch(doNothing);
  let isRead = false;
  try {
    for await (const chunk of running.follow()) {
      yield chunk;
      pace?.read();
    }
    isRead = true;
  } finally {
    if (!isRead && !runsOn) ending.abort();
    await ended;
  }
}

/** An exchange whose credits are reserved. */
interface BegunExchange {
  exchange: OpenExchange;
  /** Aborted when the exchange ends early: its caller left, it was stopped, or the server stops. */
  ending: JoinedSignal;
  /** Aborted when the process stops. */
  stopping: AbortSignal | undefined;
  /** What has come of the reply. */
  running: ReceivedReply;
  /** Whether the exchange runs on without its caller: it has an idempotency key. */
  runsOn: boolean;
}

/** Prepares a request and reserves its credits. Returns its exchange, or the chunks of an earlier one with the same key. */
async function beginExchange(
  deps: SendMessageDeps,
  request: SendMessageRequest,
): Promise<BegunExchange | { replayed: Iterable<MessageChunk> }> {
  const input = normalizeMessage(request);
  const prepared = await prepareMessage(deps, input);
  const reserved = await reserveExchange(deps, input, prepared);
  if ('replayed' in reserved) {
    const { chain, fingerprint } = prepared;
    const isOfConversation = input.model === null && typeof input.conversation !== 'string';
    const model = isOfConversation ? null : chain[0].name;
    return { replayed: replayExchange(reserved.replayed, { ...input, model, fingerprint }) };
  }
  const { exchange } = reserved;
  const { signal, stopping } = input;
  const runsOn = input.idempotencyKey !== null;
  const ending = joinSignals(runsOn ? [stopping] : [signal, stopping]);
  const running = deps.runningReplies.begin(exchange, ending.abort);
  return { exchange, ending, stopping, running, runsOn };
}

/**
 * Reserves the credits of a message. Returns its open exchange, or the earlier one of a repeated idempotency key.
 *
 * With `fitBudget`, a limit for the output that the balance does not cover is lowered to what it covers. If another chat takes
 * credits before they are reserved, the limit is lowered again: it is lower at each attempt, so that the attempts end.
 */
async function reserveExchange(
  deps: SendMessageDeps,
  input: SendMessageInput,
  prepared: PreparedMessage,
): Promise<{ exchange: OpenExchange } | { replayed: Exchange }> {
  const { userId, message, idempotencyKey } = input;
  const { chain, fingerprint, holdWith, parent } = prepared;
  const exchangeId = deps.ids.next();
  const place = conversationOf(deps, input);
  const afterId = parent === null ? null : (parent.afterId ?? exchangeId);
  const conversation = place === null || afterId === null ? place : { ...place, afterId };
  let { request, hold } = prepared;
  for (;;) {
    const reserved = await deps.holdLedger.reserve({
      exchangeId,
      userId,
      action: chatAction,
      chat: {
        ...{ conversation, model: chain[0].name, message, price: chain[0].price },
        attachments: input.attachments.length === 0 ? null : input.attachments,
      },
      keyId: input.apiKey?.keyId ?? null,
      details: null,
      hold,
      leaseMs: Math.min(deps.policy.holdLeaseMs, deps.policy.holdTtlMs),
      idempotencyKey,
      requestFingerprint: fingerprint,
      rules: deps.policy,
      ids: deps.ids,
    });
    switch (reserved.outcome) {
      case 'reserved': {
        const conversationId = conversation?.id ?? null;
        const { createdAt } = reserved;
        return { exchange: { userId, exchangeId, conversationId, createdAt, chain, request } };
      }
      case 'key_claimed':
        return { replayed: reserved.exchange };
      case 'insufficient': {
        const { balance } = reserved;
        const affordable = affordableOutput(prepared, balance);
        if (!input.fitBudget || affordable === null || affordable < minFittedOutputTokens) {
          throw insufficient(balance, prepared.hold, affordable);
        }
        request = { ...request, maxOutputTokens: affordable };
        hold = holdWith(affordable);
        break;
      }
      case 'debt_outstanding':
        throw debtOutstanding(reserved.debt);
      case 'cap_reached':
        throw capReached(reserved.cap, hold);
      case 'no_such_user':
        throw notFound('account');
      case 'no_such_conversation':
        throw notFound('conversation');
    }
  }
}

/**
 * Relays the reply of a begun exchange, adds it to what is followed, then settles or releases the hold. Rejects if the hold cannot
 * be ended; followers get the error.
 *
 * @param wait Called after each chunk; the next one is read when it resolves.
 */
async function runExchange(
  deps: SendMessageDeps,
  { exchange, ending, stopping, running }: BegunExchange,
  wait: () => Promise<void> | undefined,
): Promise<SettledExchange> {
  const { signal } = ending;
  const renewal = renewHold(deps, exchange);
  const pass = (chunk: MessageChunk) => {
    running.add(chunk);
    return wait();
  };
  try {
    const { exchangeId, conversationId, createdAt, chain, request } = exchange;
    await pass({ type: 'started', exchangeId, conversationId, createdAt, replayed: false, balance: null });
    const relaying = { clock: deps.clock, onStarted: renewal.save, pass };
    const reply = await relayReply(relaying, chain, { ...request, signal });
    const settled = await settleExchange(deps, exchange, reply, { signal, stopping });
    if (settled.sent !== null) running.add({ type: 'done', ...settled.sent });
    running.end(settled.sent === null ? settled.error : null);
    return settled;
  } catch (error) {
    running.end(error);
    throw error;
  } finally {
    renewal.stop();
    ending.detach();
  }
}

/** Makes a reply wait for its reader. */
interface Pace {
  /** Resolves when the chunk that was added last has been read, and as soon as the signal is aborted. */
  wait: () => Promise<void>;
  /** A chunk has been read, and the next one is asked for. */
  read: () => void;
}

function readersPace(signal: AbortSignal): Pace {
  let resume = doNothing;
  const read = () => {
    resume();
  };
  signal.addEventListener('abort', read, { once: true });
  return {
    wait: () =>
      new Promise((resolve) => {
        resume = resolve;
        if (signal.aborted) resolve();
      }),
    read,
  };
}

function lastOf(replayed: Iterable<MessageChunk>): SentMessage {
  for (const chunk of replayed) if (chunk.type === 'done') return chunk;
  throw new TypeError('A message must end with its `done` chunk.');
}

function doNotWait(): undefined {
  // The reply has no reader, or goes on without one.
}

function doNothing(): void {
  // Followers of the reply get its error, and a reply that has no reader waits for none.
}
