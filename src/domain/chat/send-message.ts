import type { HoldLedger } from '../../ports/hold-ledger.js';
import type { Clock } from '../../ports/clock.js';
import type { WalletRules } from '../metering/wallet-rules.js';
import type { Policy } from '../policy.js';
import type { MessageChunk, SendMessageRequest, SentMessage, SendMessageInput } from './message.js';
import {
  normalizeMessage,
  prepareMessage,
  type PrepareMessageDeps,
  type PreparedMessage,
} from './prepare-message.js';
import { joinSignals, type JoinedSignal } from './model-call/deadlines.js';
import { relayReply, type RelayDeps, type RelayedReply } from './model-call/relay-reply.js';
import {
  renewHold,
  settleExchange,
  type SettledExchange,
  type SettleDeps,
  type OpenExchange,
} from './exchange-hold.js';
import { replayExchange } from './replay-exchange.js';
import type { ReceivedReply, RunningReplies } from './running-replies.js';
import type { Ids } from '../../ports/ids.js';
import { DomainError, notFound } from '../errors.js';
import { debtOutstanding } from '../orders/debt-outstanding.js';
import { capReached } from '../metering/cap-reached.js';
import { chatAction } from '../metering/hold.js';
import { codePointCount, isBlank } from '../text.js';
import type { Attachment } from './attachment.js';
import type { Exchange } from './exchange.js';

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
  return sentOrThrow(await begun.exchange.run());
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
  const { exchange, runsOn } = begun;
  const pace = runsOn ? null : readersPace(exchange.signal);
  const ended = exchange.run(pace?.wait);
  // It may be rejected before it is awaited.
  ended.catch(doNothing);
  let isRead = false;
  try {
    for await (const chunk of exchange.follow()) {
      yield chunk;
      pace?.read();
    }
    isRead = true;
  } finally {
    if (!isRead && !runsOn) exchange.abort();
    await ended;
  }
}

/** An exchange whose credits are reserved. */
interface BegunExchange extends Pick<ReceivedReply, 'follow'> {
  /** Aborted when the exchange ends early: its caller left, it was stopped, or the server stops. */
  signal: AbortSignal;
  abort: () => void;
  /**
   * Relays the reply, adds it to what is followed, and settles. Rejects if the hold cannot be ended; followers get the error.
   *
   * @param wait Called after each chunk; the next one is read when it resolves.
   */
  run(wait?: () => Promise<void>): Promise<SettledExchange>;
}

async function beginExchange(
  deps: SendMessageDeps,
  request: SendMessageRequest,
): Promise<{ exchange: BegunExchange; runsOn: boolean } | { replayed: Iterable<MessageChunk> }> {
  const input = normalizeMessage(request);
  const prepared = await prepareMessage(deps, input);
  const reserved = await reserveExchange(deps, input, prepared);
  if ('replayed' in reserved) {
    const { chain, fingerprint } = prepared;
    return { replayed: replayExchange(reserved.replayed, { ...input, model: chain[0].name, fingerprint }) };
  }
  const { exchange } = reserved;
  const { stopping } = input;
  const runsOn = input.idempotencyKey !== null;
  const ending = joinSignals([...(runsOn ? [] : [input.signal]), ...(stopping ? [stopping] : [])]);
  const running = deps.runningReplies.begin(exchange, ending.abort);
  return {
    runsOn,
    exchange: {
      signal: ending.signal,
      follow: running.follow,
      abort: () => {
        ending.abort();
      },
      run: (wait) => runExchange(deps, exchange, { ending, running, stopping, wait }),
    },
  };
}

async function runExchange(
  deps: SendMessageDeps,
  exchange: OpenExchange,
  parts: {
    ending: JoinedSignal;
    running: ReceivedReply;
    stopping: AbortSignal | undefined;
    wait: (() => Promise<void>) | undefined;
  },
): Promise<SettledExchange> {
  const { ending, running, stopping, wait } = parts;
  const renewal = renewHold(deps, exchange);
  try {
    const { exchangeId, conversationId, createdAt } = exchange;
    running.add({ type: 'started', exchangeId, conversationId, createdAt, replayed: false, balance: null });
    await wait?.();
    const reply = await relay(deps, exchange, { ...parts, onStarted: renewal.save });
    const settled = await settleExchange(deps, exchange, reply, { signal: ending.signal, stopping });
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

async function relay(
  { clock }: Pick<SendMessageDeps, 'clock'>,
  { chain, request }: OpenExchange,
  {
    ending: { signal },
    running,
    wait,
    onStarted,
  }: {
    ending: JoinedSignal;
    running: ReceivedReply;
    wait: (() => Promise<void>) | undefined;
    onStarted: RelayDeps['onStarted'];
  },
): Promise<RelayedReply> {
  for await (const chunk of relayReply({ clock, onStarted }, chain, { ...request, signal })) {
    if (chunk.type === 'end') return chunk.reply;
    running.add(chunk);
    await wait?.();
  }
  throw new TypeError('A reply must end with its `end` chunk.');
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

function sentOrThrow(settled: SettledExchange): SentMessage {
  if (settled.sent === null) throw settled.error;
  return settled.sent;
}

function lastOf(replayed: Iterable<MessageChunk>): SentMessage {
  for (const chunk of replayed) if (chunk.type === 'done') return chunk;
  throw new TypeError('A message must end with its `done` chunk.');
}

function doNothing(): void {
  // Followers of the reply get its error, and a reply that has no reader waits for none.
}

export interface ReserveExchangeDeps {
  holdLedger: Pick<HoldLedger, 'reserve'>;
  ids: Ids;
  policy: WalletRules & Pick<Policy, 'holdTtlMs' | 'holdLeaseMs'>;
}

/** The lowest limit that `fitBudget` sets: what is shorter is of no use. */
export const minFittedOutputTokens = 16;

/**
 * Reserves the credits of a message. Returns its open exchange, or the earlier one of a repeated idempotency key.
 *
 * With `fitBudget`, a limit for the output that the balance does not cover is lowered to what it covers. If another chat takes
 * credits before they are reserved, the limit is lowered again: it is lower at each attempt, so that the attempts end.
 */
export async function reserveExchange(
  deps: ReserveExchangeDeps,
  input: SendMessageInput,
  prepared: PreparedMessage,
): Promise<{ exchange: OpenExchange } | { replayed: Exchange }> {
  const { userId, message, idempotencyKey } = input;
  const { chain, fingerprint, holdWith } = prepared;
  const exchangeId = deps.ids.next();
  const conversation = conversationOf(deps, input);
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
 * Returns the most tokens of output that a balance covers, below the limit of the request; null if the hold does not depend
 * on the output.
 */
export function affordableOutput(
  { hold, holdWith, outputTokens }: Pick<PreparedMessage, 'hold' | 'holdWith' | 'outputTokens'>,
  balance: number,
): number | null {
  const withoutOutput = holdWith(0);
  if (withoutOutput === hold) return null;
  if (withoutOutput > balance) return 0;
  let [covered, uncovered] = [0, outputTokens];
  while (uncovered - covered > 1) {
    const middle = Math.floor((covered + uncovered) / 2);
    if (holdWith(middle) <= balance) covered = middle;
    else uncovered = middle;
  }
  return covered;
}

function insufficient(balance: number, required: number, affordable: number | null): DomainError {
  const sentence = `The balance is too low: ${balance} available, ${required} required.`;
  const advice = affordable === null || affordable === 0 ? '' : ` It covers ${affordable} tokens of output.`;
  return new DomainError('insufficient_credits', sentence + advice, {
    balance,
    required,
    ...(affordable === null ? {} : { affordableOutputTokens: affordable }),
  });
}

function conversationOf(
  deps: Pick<ReserveExchangeDeps, 'ids'>,
  { conversation, message, attachments }: SendMessageInput,
) {
  if (conversation === 'none') return null;
  if (conversation === 'new') return { id: deps.ids.next(), title: conversationTitle(message, attachments) };
  return { id: conversation.id, title: null };
}

const generatedTitleChars = 80;

const characters = new Intl.Segmenter();

/**
 * Returns the title of a conversation that starts with a message: its first 80 code points, in whole characters; of a message
 * without text, the name of its first file.
 */
export function conversationTitle(message: string, attachments: readonly Attachment[] = []): string {
  const file = attachments.find((attachment) => attachment.type === 'file');
  const text = isBlank(message) ? (file?.name ?? '') : message;
  const beginning = text.replace(/^[\p{White_Space}\uFEFF]+/u, '').slice(0, generatedTitleChars * 2 + 1);
  const title = codePointCount(beginning) > generatedTitleChars ? wholeCharacters(beginning) : beginning;
  return title.replace(/\p{White_Space}+$/u, '') || 'Untitled';
}

function wholeCharacters(text: string): string {
  let whole = '';
  for (const { segment } of characters.segment(text)) {
    if (codePointCount(whole + segment) > generatedTitleChars) break;
    whole += segment;
  }
  // A single character with more code points than a title is cut.
  return whole || Array.from(text).slice(0, generatedTitleChars).join('');
}
