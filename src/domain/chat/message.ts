import type { FinishReason, ReplyPart, ReplyRequest, ToolCall } from '../../ports/ai-model.js';
import type { ApiKeyCaller } from '../auth/caller.js';
import type { Usage } from '../metering/usage.js';
import type { Attachment } from './attachment.js';
import type { BranchPlace } from './branch.js';

/**
 * The conversation of a message: a new one, one of the user's, or none. In one of the user's the message follows the newest exchange,
 * unless a branch names another one.
 */
export type MessagePlace = 'new' | 'none' | { id: string; branch?: BranchPlace | null };

/**
 * What a caller that keeps the conversation itself sends to the model: all messages, after the model's own system prompt,
 * the tools and the sampling.
 *
 * @example
 * ```ts
 * const options: CompletionOptions = {
 *   messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hello' }] }],
 *   maxOutputTokens: 200,
 *   sampling: { temperature: 0.2 },
 *   tools: [],
 *   toolChoice: null,
 * };
 * ```
 */
export type CompletionOptions = Omit<ReplyRequest, 'signal'>;

/** A message and all that decides how it is sent. */
export interface SendMessageInput {
  userId: string;
  /** Whether the account's email is verified, which `requireVerifiedEmail` of the policy may require. */
  emailVerified: boolean;
  /** The API key by which the account calls; null for none. It may limit the models, and has caps of its own. */
  apiKey: Pick<ApiKeyCaller, 'keyId' | 'models'> | null;
  /** What is stored; with `completionOptions`, the text of the last of its messages that is the user's, which may be empty. */
  message: string;
  /** Images and files that belong to the message, and are stored with it. Not with `completionOptions`. */
  attachments: readonly Attachment[];
  /** Replaces the conversation and the message as the model's input; null for these. */
  completionOptions: CompletionOptions | null;
  conversation: MessagePlace;
  /** The name of a model; null for that of the conversation, which is the default if it has none. A new one keeps it. */
  model: string | null;
  /** What the model reads after its own system prompt; null for that of the conversation. A new one keeps it. */
  systemPrompt: string | null;
  /** From 0 to 2; null for that of the conversation. A new one keeps it. */
  temperature: number | null;
  /**
   * Whether the limit for the output is lowered to what the balance covers, if it does not cover the hold; not below 16
   * tokens. The reply may then end with the reason `length`.
   */
  fitBudget: boolean;
  /** A repeated request with the same key returns the first reply, and is charged once. Null for no key. */
  idempotencyKey: string | null;
  /** Aborted when the caller disconnects. With an idempotency key the exchange runs on, for the repeated request. */
  signal: AbortSignal;
  /** Aborted when the process stops: every exchange ends, with or without a key. */
  stopping?: AbortSignal;
}

/**
 * A message to send. Only `userId` and `message` are required: by default it goes to the default model in a new
 * conversation, without an idempotency key.
 *
 * @example
 * ```ts
 * const request: SendMessageRequest = { userId, message: 'Hello', idempotencyKey: 'order-17' };
 * ```
 */
export type SendMessageRequest = Pick<SendMessageInput, 'userId' | 'message'> & Partial<SendMessageInput>;

/** A message that was sent, its reply and its charge. */
export interface SentMessage {
  exchangeId: string;
  conversationId: string | null;
  /** The text of the reply. */
  reply: string;
  /** Text, reasoning and calls of the reply, in their order. */
  parts: readonly ReplyPart[];
  /** Null if the model called no tool. */
  toolCalls: readonly ToolCall[] | null;
  /** Null if the reply is incomplete. */
  finishReason: FinishReason | null;
  /** The stop sequence at which the reply ended; null if it ended otherwise, or the provider does not say. */
  stopSequence: string | null;
  /** The name of the model that replied, which may be a fallback. */
  model: string;
  /** Credits charged. */
  charged: number;
  /** Credits available after the charge. */
  balance: number;
  /** Null if the provider reported nothing. */
  usage: Usage | null;
  createdAt: Date;
  /** True if this is the reply of an earlier request with the same idempotency key. */
  replayed: boolean;
}

/**
 * A part of a streamed message.
 *
 * - `started`: once, first. `balance` is what was available after a repeated request's charge; null for a new one.
 * - `text`: the next whole characters of the reply, never an empty text.
 * - `reasoning`: the next characters of the model's reasoning, as far as its provider shows it.
 * - `reasoning_end`: the reasoning so far is complete, and has this signature. If it is redacted, it is a part of its own.
 * - `tool_call`: the next call of a tool starts, with its arguments as far as they are known.
 * - `tool_arguments`: more of the arguments of the call with this index; the first call has index 0.
 * - `done`: once, last: the whole of what was sent, which was charged.
 */
export type MessageChunk =
  | ({ type: 'started'; balance: number | null } & Pick<
      SentMessage,
      'exchangeId' | 'conversationId' | 'createdAt' | 'replayed'
    >)
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  | { type: 'reasoning_end'; signature: string; isRedacted: boolean }
  | { type: 'tool_call'; call: ToolCall }
  | { type: 'tool_arguments'; index: number; text: string }
  | ({ type: 'done' } & SentMessage);
