import { codePointCount, isBlank, unstorableReason } from '../text.js';

/** `pending` while the reply is awaited; every other status is final. `imported`: brought from another system. */
export type ExchangeStatus = 'pending' | 'completed' | 'failed' | 'cancelled' | 'imported';

/** A hold is open, or ended in exactly one of three ways; what is imported has `none`. */
export type HoldState = 'open' | 'captured' | 'released' | 'expired' | 'none';

/** What a model reports it consumed, in its own units. */
export interface Usage {
  input: number;
  output: number;
}

/** One message and its reply. */
export interface Exchange {
  /** UUIDv7. */
  id: string;
  userId: string;
  conversationId: string | null;
  model: string;
  message: string;
  /** What came of the reply; null when nothing came or nothing was kept. */
  reply: string | null;
  status: ExchangeStatus;
  /** Credits set aside for it. */
  held: number;
  holdState: HoldState;
  /** Credits charged for it; null unless its hold was captured. */
  captured: number | null;
  /** What could be spent right after the charge; null unless its hold was captured. */
  balanceAfter: number | null;
  usage: Usage | null;
  createdAt: Date;
}

/** How long a claimed idempotency key is kept. */
export const idempotencyKeyTtlMs = 24 * 60 * 60 * 1000;

/** What is wrong with a message; `maxChars` counts code points. */
export function messageFaults(message: string, maxChars: number): string[] {
  const unstorable = unstorableReason(message);
  if (unstorable !== null) return [`A message ${unstorable}.`];
  if (isBlank(message)) return ['Must not be blank.'];
  if (codePointCount(message) > maxChars) return [`Must have at most ${maxChars} characters.`];
  return [];
}

/** What is wrong with an idempotency key: it is 1 to 255 printable ASCII characters. */
export function idempotencyKeyFaults(key: string): string[] {
  return /^[\x20-\x7E]{1,255}$/.test(key) ? [] : ['Must be 1 to 255 printable ASCII characters.'];
}
