import type { ChatLedger } from '../../ports/chat-ledger.js';
import type { ConversationStore } from '../../ports/conversation-store.js';
import type { Secrets } from '../../ports/secrets.js';
import { DomainError, throwIfInvalid } from '../errors.js';
import type { Policy } from '../policy.js';
import { answerMessage, type AnswerMessageDeps } from './answer-message.js';
import { titleOf, type EarlierExchange } from './conversation.js';
import { validateIdempotencyKey, validateMessage } from './exchange.js';
import type { ModelOffers } from './model-offer.js';
import { replayExchange } from './replay-exchange.js';
import type { MessageChunk, CompletionOptions, SendMessageInput, SentMessage } from './message.js';
import { contextFor } from './context.js';
import { chainOf, type OfferChain } from './offer-chain.js';
import { holdFor, longestMessageChars } from './price.js';
import { fingerprintOf, plainRequest, refuseWishes, wishedRequest } from './completion-options.js';

export interface SendMessageDeps extends AnswerMessageDeps {
  chatLedger: AnswerMessageDeps['chatLedger'] & Pick<ChatLedger, 'reserve'>;
  conversationStore: Pick<ConversationStore, 'recentExchanges'>;
  secrets: Pick<Secrets, 'digest'>;
  /** The models on offer; the first one answers when none is named. */
  models: ModelOffers;
  policy: AnswerMessageDeps['policy'] & Pick<Policy, 'maxMessageChars' | 'requireVerifiedEmail'>;
}

type Chunks = Generator<MessageChunk, SentMessage> | AsyncGenerator<MessageChunk, SentMessage>;

/** However much a model reads: more turns than this are not looked for. */
const maxExchanges = 500;

/** `streamMessage`, for who wants its end only. */
export async function sendMessage(deps: SendMessageDeps, input: SendMessageInput): Promise<SentMessage> {
  const chunks = await beginMessage(deps, input);
  for (;;) {
    const next = await chunks.next();
    if (next.done === true) return next.value;
  }
}

/**
 * Sends a message to a model: holds its price, asks, passes on what comes, then charges. Charged exactly once when it
 * answers, not at all when it fails; the money is never in doubt for longer than the hold's lease. A new conversation
 * begins with the message, or the model is shown what was said in an earlier one.
 *
 * The model is read no faster than the pieces are. Whoever stops reading them is a caller who is gone, as is one whose
 * signal was aborted; but after an abort the rest has to be read for the exchange to end.
 *
 * Refuses with `email_not_verified`, `invalid_input`, `model_not_found`, `unsupported_parameter`,
 * `context_length_exceeded`, `content_filtered`, `provider_busy`, `not_found` (the conversation, or what a
 * repeated key stands for, was erased), `insufficient_credits`, `idempotency_in_progress`, `idempotency_key_reused`,
 * `provider_failed` or `provider_timeout`, with `unavailable` when it had to stop, and with the signal's own reason
 * when that was aborted before any text came.
 */
export async function* streamMessage(
  deps: SendMessageDeps,
  input: SendMessageInput,
): AsyncGenerator<MessageChunk, SentMessage> {
  return yield* await beginMessage(deps, input);
}

/** Reserves; answers with what is to be read for the exchange to go on and end, or for its repetition. */
async function beginMessage(deps: SendMessageDeps, input: SendMessageInput): Promise<Chunks> {
  if (deps.policy.requireVerifiedEmail && !input.emailVerified) {
    throw new DomainError('email_not_verified', 'Confirm your email address first.');
  }
  const chain = acceptedChain(deps, input);
  const request = await requestFor(deps, input, chain);
  const hold = holdFor(chain, request.messages, request.maxOutputTokens, request.tools);
  const requestFingerprint =
    input.idempotencyKey === null ? null : fingerprintOf(deps.secrets, input.completionOptions);
  const exchangeId = deps.ids.next();
  const conversation = conversationFor(deps, input);
  const reserved = await deps.chatLedger.reserve({
    exchangeId,
    userId: input.userId,
    conversation,
    model: chain[0].name,
    message: input.message,
    price: chain[0].price,
    hold,
    leaseMs: Math.min(deps.policy.holdLeaseMs, deps.policy.holdTtlMs),
    idempotencyKey: input.idempotencyKey,
    requestFingerprint,
  });
  switch (reserved.outcome) {
    case 'insufficient':
      throw new DomainError('insufficient_credits', 'The balance does not suffice for this message.', {
        balance: reserved.balance,
        required: hold,
      });
    case 'no_such_user':
      throw new DomainError('not_found', 'There is no such account.');
    case 'no_such_conversation':
      throw new DomainError('not_found', 'There is no such conversation.');
    case 'key_claimed':
      return replayExchange(reserved.exchange, { ...input, model: chain[0].name, requestFingerprint });
    case 'reserved': {
      const { createdAt } = reserved;
      const conversationId = conversation?.id ?? null;
      return answerMessage(deps, input, {
        ...{ chain, request, hold, exchangeId, userId: input.userId, conversationId, createdAt },
      });
    }
  }
}

function acceptedChain(deps: SendMessageDeps, input: SendMessageInput): OfferChain {
  const chain = chainOf(deps.models, input.model);
  throwIfInvalid({
    message: validateMessage(input.message, longestMessage(deps, input, chain)),
    'Idempotency-Key': input.idempotencyKey === null ? [] : validateIdempotencyKey(input.idempotencyKey),
  });
  if (chain === null) throw new DomainError('model_not_found', 'There is no model of this name.');
  return chain;
}

/** Of messages that the caller brings, the model's context limits all together. */
function longestMessage(
  { policy: { maxMessageChars } }: SendMessageDeps,
  { completionOptions }: SendMessageInput,
  chain: OfferChain | null,
): number {
  if (maxMessageChars !== null) return maxMessageChars;
  return chain === null || completionOptions !== null ? Infinity : longestMessageChars(chain[0]);
}

/** What the model is asked: what the caller wishes, or the message after what was said before. */
async function requestFor(
  deps: SendMessageDeps,
  input: SendMessageInput,
  chain: OfferChain,
): Promise<CompletionOptions> {
  if (input.completionOptions === null) {
    return plainRequest(contextFor(chain[0], await earlierTurns(deps, input, chain), input.message));
  }
  const request = wishedRequest(chain[0], input.completionOptions);
  refuseWishes(chain[0], request);
  return request;
}

/** What was said before, as far as the model could read it. */
async function earlierTurns(
  deps: SendMessageDeps,
  { userId, conversation }: SendMessageInput,
  [offer]: OfferChain,
): Promise<EarlierExchange[]> {
  if (typeof conversation === 'string') return [];
  const maxChars = longestMessageChars(offer);
  return deps.conversationStore.recentExchanges(
    { userId, conversationId: conversation.id },
    { maxExchanges, maxChars },
  );
}

function conversationFor(deps: SendMessageDeps, { conversation, message }: SendMessageInput) {
  if (conversation === 'none') return null;
  if (conversation === 'new') return { id: deps.ids.next(), title: titleOf(message) };
  return { id: conversation.id, title: null };
}
