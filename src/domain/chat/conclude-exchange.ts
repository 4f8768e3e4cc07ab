import type { ToolCall } from '../../ports/ai-model.js';
import type { ChatLedger, ExchangeReference } from '../../ports/chat-ledger.js';
import type { Ids } from '../../ports/ids.js';
import { DomainError } from '../errors.js';
import { unstorableReason } from '../text.js';
import type { RelayedReply } from './relay-reply.js';
import type { ReplyWishes, SentMessage } from './sent-message.js';
import type { OfferChain } from './offer-chain.js';
import { chargeFor, writtenText } from './pricing.js';

export interface ConcludeExchangeNeeds {
  chatLedger: Pick<ChatLedger, 'settle' | 'release'>;
  ids: Ids;
}

/** An exchange whose hold is open, and what its model is asked. */
export interface BegunExchange extends ExchangeReference {
  chain: OfferChain;
  request: ReplyWishes;
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
  | { charged: true; reply: Exclude<RelayedReply, { outcome: 'failed' }> }
  | { charged: false; status: 'failed' | 'cancelled'; failure: string | null; error: unknown };

/** What a reply means for its exchange. */
export function endOf(reply: RelayedReply, signal: AbortSignal, stopping?: AbortSignal): ExchangeEnd {
  if (reply.outcome === 'failed') return failedBy(reply.error);
  if (reply.outcome === 'abandoned' && stopping?.aborted === true && signal.reason === stopping.reason) {
    return failedBy(
      new DomainError('unavailable', 'The server stops before the reply is complete.', {
        retryAfterSeconds: 1,
      }),
    );
  }
  if (reply.outcome === 'abandoned' && reply.text === '' && reply.toolCalls.length === 0) {
    return { charged: false, status: 'cancelled', failure: null, error: signal.reason };
  }
  if (reply.toolCalls.some((call) => unstorableReason(allOf(call)) !== null)) {
    return failedBy(new DomainError('provider_failed', 'The reply cannot be stored.'));
  }
  return { charged: true, reply };
}

function allOf(call: ToolCall): string {
  return `.${call.id}${call.name}${call.arguments}`;
}

function failedBy(error: DomainError): ExchangeEnd {
  return { charged: false, status: 'failed', failure: error.code, error };
}

/** Charges or gives back; answers with what was sent, or else with why nothing was. */
export async function concludeExchange(
  needs: ConcludeExchangeNeeds,
  begun: BegunExchange,
  end: ExchangeEnd,
): Promise<{ sent: SentMessage; error: null } | { sent: null; error: unknown }> {
  const exchange = { userId: begun.userId, exchangeId: begun.exchangeId };
  if (!end.charged) {
    await needs.chatLedger.release({ exchange, status: end.status, failure: end.failure });
    return { sent: null, error: end.error };
  }
  const { reply } = end;
  const { text, answeredBy } = reply;
  const isComplete = reply.outcome === 'complete';
  const usage = isComplete ? reply.usage : null;
  const toolCalls = reply.toolCalls.length > 0 ? reply.toolCalls : null;
  const { messages, tools } = begun.request;
  const charged = chargeFor(answeredBy, usage, messages, writtenText(text, toolCalls), begun.hold, tools);
  const kept = {
    reply: text,
    usage,
    toolCalls,
    finishReason: isComplete ? reply.reason : null,
  };
  const settled = await needs.chatLedger.settle({
    exchange,
    entryId: needs.ids.next(),
    status: isComplete ? 'completed' : 'cancelled',
    capture: charged,
    answeredBy: answeredBy.name,
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
  const sent = { ...begunFacts(begun), ...kept, model: answeredBy.name, charged, balance, replayed: false };
  return { sent, error: null };
}
