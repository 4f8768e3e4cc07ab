import type { ReplyPart, ToolCall } from '../../ports/ai-model.js';
import type { Clock } from '../../ports/clock.js';
import type { ExchangeReference, HoldLedger, PartialReply } from '../../ports/hold-ledger.js';
import type { Ids } from '../../ports/ids.js';
import type { Log } from '../../ports/log.js';
import { DomainError } from '../errors.js';
import type { Exchange } from './exchange.js';
import type { WalletRules } from '../metering/wallet-rules.js';
import type { Policy } from '../policy.js';
import { chargeFor } from '../metering/price.js';
import type { CompletionOptions, SentMessage } from './message.js';
import { hasOutput, type ReplyParts } from './model-call/gathered-reply.js';
import type { RelayedReply } from './model-call/relay-reply.js';
import type { OfferChain } from './model-offer.js';
import { replyParts } from './model-message.js';

export interface SettleDeps {
  holdLedger: Pick<HoldLedger, 'settle' | 'release'>;
  ids: Ids;
  log: Pick<Log, 'warn'>;
  policy: WalletRules;
}

/** An exchange whose hold is open, and what its model is asked. */
export interface OpenExchange extends ExchangeReference {
  conversationId: string | null;
  createdAt: Date;
  chain: OfferChain;
  request: CompletionOptions;
}

/** The signal that ends the exchange, and the process's own, which is one of its causes. */
export interface ExchangeSignals {
  signal: AbortSignal;
  stopping: AbortSignal | undefined;
}

/** What was sent and charged, or the error that the caller gets. */
export type SettledExchange = { sent: SentMessage } | { sent: null; error: unknown };

/** Ends an exchange: charges its reply if there is something to charge for, else releases its hold. */
export async function settleExchange(
  deps: SettleDeps,
  exchange: OpenExchange,
  reply: RelayedReply,
  signals: ExchangeSignals,
): Promise<SettledExchange> {
  if (reply.outcome === 'failed') return releaseFailed(deps, exchange, reply, reply.error);
  if (reply.outcome === 'abandoned') {
    if (isStopped(signals)) {
      const details = { retryAfterSeconds: 1 };
      const error = new DomainError(
        'unavailable',
        'The server stopped before the reply was complete.',
        details,
      );
      return releaseFailed(deps, exchange, reply, error);
    }
    if (!hasOutput(reply)) {
      const { userId, exchangeId } = exchange;
      const failedModels = failedModelsOf(reply);
      const ended = { status: 'cancelled', failure: null, partial: null, failedModels } as const;
      await deps.holdLedger.release({ exchange: { userId, exchangeId }, ...ended });
      return { sent: null, error: signals.signal.reason };
    }
  }
  return charge(deps, exchange, reply);
}

function isStopped({ signal, stopping }: ExchangeSignals): boolean {
  return stopping?.aborted === true && signal.reason === stopping.reason;
}

async function releaseFailed(
  deps: SettleDeps,
  { userId, exchangeId }: OpenExchange,
  reply: RelayedReply,
  error: DomainError,
): Promise<SettledExchange> {
  await deps.holdLedger.release({
    exchange: { userId, exchangeId },
    status: 'failed',
    failure: error.code,
    partial: partialOf(reply),
    failedModels: failedModelsOf(reply),
  });
  return { sent: null, error };
}

async function charge(
  deps: SettleDeps,
  { userId, exchangeId, conversationId, createdAt, request }: OpenExchange,
  reply: Exclude<RelayedReply, { outcome: 'failed' }>,
): Promise<SettledExchange> {
  const { repliedBy } = reply;
  const isComplete = reply.outcome === 'complete';
  const { credits, usage, clamped } = chargeFor(repliedBy, { reply, isComplete, request });
  for (const { usageClass, reported, limit } of clamped) {
    const facts = { exchangeId, model: repliedBy.name, class: usageClass, reported, limit };
    deps.log.warn(facts, 'the provider reported more usage than is possible');
  }
  const { text } = reply;
  const toolCalls = storedCalls(reply.toolCalls);
  const replyParts = storedParts(reply.parts);
  const finishReason = isComplete ? reply.reason : null;
  const stopSequence = isComplete ? reply.stopSequence : null;
  const settled = await deps.holdLedger.settle({
    exchange: { userId, exchangeId },
    entryId: deps.ids.next(),
    capture: credits,
    units: null,
    details: null,
    endKey: null,
    rules: deps.policy,
    chat: {
      status: isComplete ? 'completed' : 'cancelled',
      repliedBy: repliedBy.name,
      failedModels: failedModelsOf(reply),
      reply: text,
      ...{ usage, toolCalls, replyParts, finishReason, stopSequence },
    },
  });
  switch (settled.outcome) {
    case 'settled': {
      const sent = {
        ...{ exchangeId, conversationId, createdAt, toolCalls, finishReason, stopSequence, usage },
        reply: text,
        parts: sentParts({ reply: text, toolCalls, replyParts }),
        model: repliedBy.name,
        charged: settled.captured,
        balance: settled.balance,
        replayed: false,
      };
      return { sent };
    }
    case 'account_erased': {
      const sentence = 'The account was erased before the reply was complete.';
      return { sent: null, error: new DomainError('not_found', sentence) };
    }
    case 'already_final': {
      const sentence = 'The reply came after its hold had expired.';
      return { sent: null, error: new DomainError('provider_timeout', sentence) };
    }
  }
}

function failedModelsOf({ failedModels }: RelayedReply): readonly string[] | null {
  return failedModels.length === 0 ? null : failedModels;
}

/** Returns what is stored of a reply that is not complete, or null for nothing. */
export function partialOf({ text, toolCalls, parts }: ReplyParts): PartialReply | null {
  const replyParts = storedParts(parts);
  if (text === '' && toolCalls.length === 0 && replyParts === null) return null;
  return { reply: text, toolCalls: storedCalls(toolCalls), replyParts };
}

/** Returns the parts to store with a reply; null if they are its text and then its calls, so that nothing is stored twice. */
export function storedParts(parts: readonly ReplyPart[]): ReplyPart[] | null {
  if (parts.every(({ type }, index) => type === 'tool_call' || (type === 'text' && index === 0))) return null;
  return parts.map((part) => (part.type === 'tool_call' ? withArguments(part) : part));
}

/** Returns the calls to store with a reply; null if there are none. */
export function storedCalls(toolCalls: readonly ToolCall[]): ToolCall[] | null {
  return toolCalls.length === 0 ? null : toolCalls.map(withArguments);
}

/** Clients parse arguments as JSON, which an empty text is not. */
function withArguments<Call extends ToolCall>(call: Call): Call {
  return call.arguments === '' ? { ...call, arguments: '{}' } : call;
}

/** Returns the parts of a stored reply. */
export function sentParts({
  reply,
  toolCalls,
  replyParts: parts,
}: Pick<Exchange, 'toolCalls' | 'replyParts'> & { reply: string }): readonly ReplyPart[] {
  return parts ?? replyParts(reply, toolCalls);
}

/** The renewals of a hold. */
export interface HoldRenewal {
  /** From now on each renewal saves what has come of the reply; the first one follows in 3 s. */
  save: (reply: ReplyParts) => void;
  stop: () => void;
}

/** Most replies are complete sooner, and save nothing before their end. */
const firstSaveMs = 3000;

/**
 * Renews the hold of an exchange every third of its lease, until it is stopped or the hold reaches its maximum age. The
 * holds and idempotency keys of a server that dies are free one lease later; what had come of its replies by the last
 * renewal is stored.
 */
export function renewHold(
  deps: {
    holdLedger: Pick<HoldLedger, 'renew'>;
    clock: Clock;
    policy: Pick<Policy, 'holdTtlMs' | 'holdLeaseMs'>;
  },
  exchange: ExchangeReference,
): HoldRenewal {
  const { holdTtlMs, holdLeaseMs } = deps.policy;
  const endsAt = deps.clock.now().getTime() + holdTtlMs;
  let reply: ReplyParts | null = null;
  let savedSize = 0;
  // If two renewals ran at once, the earlier text could be written last.
  let isSaving = false;
  let clearFirstSave: (() => void) | null = null;
  const stop = () => {
    clearRenewals();
    clearFirstSave?.();
  };
  const renew = () => {
    const leftMs = endsAt - deps.clock.now().getTime();
    if (leftMs <= 0) {
      stop();
      return;
    }
    const size = reply === null || isSaving ? savedSize : sizeOf(reply);
    const partial = reply === null || size === savedSize ? null : partialOf(reply);
    isSaving ||= partial !== null;
    const renewal = deps.holdLedger.renew(exchange, Math.min(holdLeaseMs, leftMs), partial);
    renewal
      .then(() => {
        if (partial !== null) savedSize = size;
      })
      // A renewal that fails is repeated by the next one; two may fail before the lease is over.
      .catch(() => undefined)
      .finally(() => {
        if (partial !== null) isSaving = false;
      });
  };
  const clearRenewals = deps.clock.every(holdLeaseMs / 3, renew);
  return {
    save(startedReply) {
      reply = startedReply;
      clearFirstSave = deps.clock.after(firstSaveMs, renew);
    },
    stop,
  };
}

function sizeOf({ text, toolCalls, reasoningSize }: ReplyParts): number {
  return toolCalls.reduce((size, call) => size + 1 + call.arguments.length, text.length + reasoningSize);
}
