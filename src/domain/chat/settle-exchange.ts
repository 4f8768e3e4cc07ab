import type { ToolCall } from '../../ports/ai-model.js';
import type { ChatLedger, ExchangeReference, PartialReply } from '../../ports/chat-ledger.js';
import type { Ids } from '../../ports/ids.js';
import { DomainError } from '../errors.js';
import { hasOutput, type ReplyParts } from './model-call/gathered-reply.js';
import type { RelayedReply } from './model-call/relay-reply.js';
import type { CompletionOptions, SentMessage } from './message.js';
import type { OfferChain } from './offer-chain.js';
import { chargeFor } from './price.js';

export interface ConcludeExchangeDeps {
  chatLedger: Pick<ChatLedger, 'settle' | 'release'>;
  ids: Ids;
}

/** An exchange whose hold is open, and what its model is asked. */
export interface BegunExchange extends ExchangeReference {
  chain: OfferChain;
  request: CompletionOptions;
  hold: number;
  conversationId: string | null;
  createdAt: Date;
}

/** What is known of an exchange from its beginning. */
export function begunFacts({ exchangeId, conversationId, createdAt }: BegunExchange) {
  return { exchangeId, conversationId, createdAt };
}

/** How an exchange ends: with something to charge for, or without. */
export type ExchangeEnd =
  | { charged: true; relayed: Exclude<RelayedReply, { outcome: 'failed' }> }
  | {
      charged: false;
      status: 'failed' | 'cancelled';
      failure: string | null;
      error: unknown;
      partial: PartialReply | null;
    };

/** What a reply means for its exchange. */
export function endOf(relayed: RelayedReply, signal: AbortSignal, stopping?: AbortSignal): ExchangeEnd {
  if (relayed.outcome === 'failed') return failedBy(relayed.error, relayed);
  if (relayed.outcome === 'abandoned' && stopping?.aborted === true && signal.reason === stopping.reason) {
    const error = new DomainError('unavailable', 'The server stops before the reply is complete.', {
      retryAfterSeconds: 1,
    });
    return failedBy(error, relayed);
  }
  if (relayed.outcome === 'abandoned' && !hasOutput(relayed)) {
    return { charged: false, status: 'cancelled', failure: null, error: signal.reason, partial: null };
  }
  return { charged: true, relayed };
}

function failedBy(error: DomainError, reply: ReplyParts): ExchangeEnd {
  return { charged: false, status: 'failed', failure: error.code, error, partial: partialOf(reply) };
}

/** What is kept of a reply that is not complete; null where nothing can be. */
export function partialOf({ text, toolCalls }: ReplyParts): PartialReply | null {
  if (text === '' && toolCalls.length === 0) return null;
  return { reply: text, toolCalls: keptCalls(toolCalls) };
}

/** Clients parse arguments as JSON, which an empty text is not. */
function keptCalls(toolCalls: readonly ToolCall[]): ToolCall[] | null {
  if (toolCalls.length === 0) return null;
  return toolCalls.map((call) => (call.arguments === '' ? { ...call, arguments: '{}' } : call));
}

/** Charges or gives back; answers with what was sent, or else with why nothing was. */
export async function concludeExchange(
  deps: ConcludeExchangeDeps,
  begun: BegunExchange,
  end: ExchangeEnd,
): Promise<{ sent: SentMessage; error: null } | { sent: null; error: unknown }> {
  const exchange = { userId: begun.userId, exchangeId: begun.exchangeId };
  if (!end.charged) {
    const { status, failure, partial } = end;
    await deps.chatLedger.release({ exchange, status, failure, partial });
    return { sent: null, error: end.error };
  }
  const { relayed } = end;
  const { repliedBy } = relayed;
  const isComplete = relayed.outcome === 'complete';
  const { request, hold } = begun;
  const { credits: charged, usage } = chargeFor(repliedBy, { reply: relayed, isComplete, request, hold });
  const kept = {
    reply: relayed.text,
    usage,
    toolCalls: keptCalls(relayed.toolCalls),
    finishReason: isComplete ? relayed.reason : null,
  };
  const settled = await deps.chatLedger.settle({
    exchange,
    entryId: deps.ids.next(),
    status: isComplete ? 'completed' : 'cancelled',
    capture: charged,
    repliedBy: repliedBy.name,
    ...kept,
  });
  if (settled.outcome === 'account_erased') {
    return {
      sent: null,
      error: new DomainError('not_found', 'The account was erased before the reply was complete.'),
    };
  }
  if (settled.outcome === 'already_final') {
    const error = new DomainError('provider_timeout', 'The reply came after its hold had expired.');
    return { sent: null, error };
  }
  const { balance } = settled;
  const sent = { ...begunFacts(begun), ...kept, model: repliedBy.name, charged, balance, replayed: false };
  return { sent, error: null };
}
