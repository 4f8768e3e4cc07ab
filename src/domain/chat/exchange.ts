import type { FinishReason, ToolCall } from '../../ports/ai-model.js';
import { codePointCount, isBlank, unstorableReason } from '../text.js';
import type { Price } from './model-offer.js';
import type { Usage } from './usage.js';

export type { Usage };

/** `pending` while the reply is awaited; every other status is final. `imported`: brought from another system. */
export const exchangeStatuses = ['pending', 'completed', 'failed', 'cancelled', 'imported'] as const;
/** How an exchange stands or ended. */
export type ExchangeStatus = (typeof exchangeStatuses)[number];

/** A hold is open, or ended in exactly one of three ways; what is imported has `none`. */
export type HoldState = 'open' | 'captured' | 'released' | 'expired' | 'none';

/** One message and its reply. */
export interface Exchange {
  /** UUIDv7. */
  id: string;
  userId: string;
  conversationId: string | null;
  /** True for the first exchange of a conversation, which was sent to none. */
  beginsConversation: boolean;
  /** The model that was asked for. */
  model: string;
  /** The model that answered, which may be another's fallback; null unless its hold was captured. */
  repliedBy: string | null;
  message: string;
  /** What came of the reply, whole or not; null when nothing came or nothing was kept. */
  reply: string | null;
  /** What the reply asked the caller's tools for; null when it asked for nothing. */
  toolCalls: readonly ToolCall[] | null;
  finishReason: FinishReason | null;
  status: ExchangeStatus;
  /** What it was agreed to cost; null for what was brought from elsewhere or is older than this record. */
  price: Price | null;
  /** Credits set aside for it. */
  held: number;
  holdState: HoldState;
  /** Credits charged for it; null unless its hold was captured. */
  captured: number | null;
  /** What could be spent right after the charge; null unless its hold was captured. */
  balanceAfter: number | null;
  usage: Usage | null;
  /** Tells requests apart that have the same message; null when the message, conversation and model tell enough. */
  requestFingerprint: string | null;
  /** True once its texts were erased; what is yet to come of it is not kept either. */
  isErased: boolean;
  createdAt: Date;
}

/** Whether what is kept of a reply is not the whole of it: its model failed, its caller left, or more is to come. */
export function isIncomplete({ status, reply, toolCalls }: Exchange): boolean {
  return status !== 'completed' && status !== 'imported' && (Boolean(reply) || toolCalls !== null);
}

/** How long a claimed idempotency key is kept. */
export const idempotencyKeyTtlMs = 24 * 60 * 60 * 1000;

/** What is wrong with a message; `maxChars` counts code points. */
export function validateMessage(message: string, maxChars: number): string[] {
  const unstorable = unstorableReason(message);
  if (unstorable !== null) return [`A message ${unstorable}.`];
  if (isBlank(message)) return ['Must not be blank.'];
  if (codePointCount(message) > maxChars) return [`Must have at most ${maxChars} characters.`];
  return [];
}

/** The longest idempotency key. */
export const maxIdempotencyKeyChars = 255;

/** What is wrong with an idempotency key: it is 1 to 255 printable ASCII characters. */
export function validateIdempotencyKey(key: string): string[] {
  return /^[\x20-\x7E]+$/.test(key) && key.length <= maxIdempotencyKeyChars
    ? []
    : ['Must be 1 to 255 printable ASCII characters.'];
}
