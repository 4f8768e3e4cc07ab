import { normalizeId } from '../normalize-id.js';
import type { FinishReason, ReplyRequest, ToolCall } from '../../ports/ai-model.js';
import type { Usage } from './usage.js';

/** Where a message belongs: to a new conversation, to one of the user's, or to none. */
export type MessagePlace = 'new' | 'none' | { id: string };

/** What a caller who keeps the conversation asks for: the model is shown these messages, after its own system prompt. */
export type CompletionOptions = Omit<ReplyRequest, 'signal'>;

/** A message and whose it is. */
export interface SendMessageInput {
  userId: string;
  /** Whether the account's email is verified, as some servers ask. */
  emailVerified: boolean;
  /** What is kept on record; with `wishes`, the last message of theirs that is the user's. */
  message: string;
  /** In place of what was said in the conversation and of the message; null where those are all. */
  completionOptions: CompletionOptions | null;
  conversation: MessagePlace;
  /** The name of a model, or null for the default. */
  model: string | null;
  /** A repeat with the same key is answered from the first exchange and charged once. */
  idempotencyKey: string | null;
  /** Aborted when the caller is gone. With an idempotency key the exchange runs on: the reply waits for the repeat. */
  signal: AbortSignal;
  /** Aborted when whatever is under way has to end, its caller there or not. */
  stopping?: AbortSignal;
}

/** A message as it may be given: what is absent is what a message in a new conversation has. */
export type SendMessageRequest = Pick<SendMessageInput, 'userId' | 'message'> & Partial<SendMessageInput>;

/** The message with what was left out: no key, the default model, a caller who stays. */
function wholeMessage(given: SendMessageRequest): SendMessageInput {
  return {
    emailVerified: false,
    completionOptions: null,
    conversation: 'new',
    model: null,
    idempotencyKey: null,
    signal: new AbortController().signal,
    ...given,
  };
}

/** The same with its ids in the form in which ids are stored. Throws `not_found` if one is no UUID. */
export function normalizeMessage(given: SendMessageRequest): SendMessageInput {
  const { userId, conversation, ...message } = wholeMessage(given);
  return {
    ...message,
    userId: normalizeId(userId),
    conversation: typeof conversation === 'string' ? conversation : { id: normalizeId(conversation.id) },
  };
}

/** An exchange that was answered and charged. */
export interface SentMessage {
  exchangeId: string;
  conversationId: string | null;
  reply: string;
  /** Null when it asked for none. */
  toolCalls: readonly ToolCall[] | null;
  /** Null when it was not finished. */
  finishReason: FinishReason | null;
  /** The name of the model that answered. */
  model: string;
  charged: number;
  balance: number;
  usage: Usage | null;
  createdAt: Date;
  /** True when this is the answer of an earlier request with the same idempotency key. */
  replayed: boolean;
}

/**
 * What comes of a message as it comes: `begun` once, first; texts in whole characters, none empty. `tool_call` begins a
 * call, with its arguments as far as they are known; `tool_arguments` is more of those of the call with this index, of
 * which the first one has index 0.
 */
export type MessageChunk =
  | ({ type: 'begun' } & Pick<SentMessage, 'exchangeId' | 'conversationId' | 'createdAt' | 'replayed'> & {
        /** What could be spent after it, where that is known at its beginning: in a repetition; or null. */
        balance: number | null;
      })
  | { type: 'text'; text: string }
  | { type: 'tool_call'; call: ToolCall }
  | { type: 'tool_arguments'; index: number; text: string };
