import type { FinishReason, ReplyPart, ToolCall } from '../../ports/ai-model.js';
import type { Hold } from '../metering/hold.js';
import type { Price } from '../metering/price.js';
import type { Usage } from '../metering/usage.js';
import type { AttachmentSummary } from './attachment.js';

export { exchangeStatuses, type ExchangeStatus } from '../metering/hold.js';
export type { Usage };

/**
 * One message and its reply.
 *
 * @example
 * ```ts
 * const owner = { caller: operatorCaller, userId };
 * const { results } = await core.chat.exchanges(owner, { limit: 20, before: null });
 * const spent = results.reduce((sum, exchange) => sum + (exchange.captured ?? 0), 0);
 * ```
 */
export interface Exchange extends Hold {
  conversationId: string | null;
  /** True for the first exchange of a conversation. */
  beginsConversation: boolean;
  /** The exchange that it follows; null for the one before it in time. Its own id if it takes the place of a first one. */
  afterId: string | null;
  /** The model that was requested. */
  model: string;
  /** The model that replied, which may be a fallback; null unless its hold was captured. */
  repliedBy: string | null;
  message: string;
  /** What lists show of the images and files of the message; null if there are none. */
  attachments: readonly AttachmentSummary[] | null;
  /** The text of the reply, complete or not; null if nothing came or nothing was stored. */
  reply: string | null;
  /** The calls of the caller's tools; null if there are none. */
  toolCalls: readonly ToolCall[] | null;
  /** The parts of the reply in their order; null if they are the text and then the calls. */
  replyParts: readonly ReplyPart[] | null;
  finishReason: FinishReason | null;
  /** The stop sequence at which the reply ended; null if it ended otherwise, or the provider does not say. */
  stopSequence: string | null;
  /** The code of the error with which the reply failed; null if it did not, or its server was killed. */
  failure: string | null;
  /** The models that were asked for the reply and failed; null if none is known to have. */
  failedModels: readonly string[] | null;
  /** The price when it was reserved; null if it was imported, or reserved before prices were stored. */
  price: Price | null;
  usage: Usage | null;
  /** True once its texts were erased; a reply that comes later is not stored either. */
  isErased: boolean;
}

/** Returns whether the stored reply is not the whole: the model failed, the caller left, or more is to come. */
export function isIncomplete({ status, reply, toolCalls }: Exchange): boolean {
  return status !== 'completed' && status !== 'imported' && (Boolean(reply) || toolCalls !== null);
}

/** How long an idempotency key is claimed. */
export const idempotencyKeyTtlMs = 24 * 60 * 60 * 1000;

/** The longest idempotency key. */
export const maxIdempotencyKeyChars = 255;

/** Returns the problems of an idempotency key, which has 1 to 255 printable ASCII characters. */
export function validateIdempotencyKey(key: string): string[] {
  return /^[\x20-\x7E]+$/.test(key) && key.length <= maxIdempotencyKeyChars
    ? []
    : ['Must be 1 to 255 printable ASCII characters.'];
}
