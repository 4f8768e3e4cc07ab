import type { Usage } from '../domain/chat/exchange.js';

/** What a model is asked. */
export interface ReplyRequest {
  message: string;
  /** Aborted when nobody waits for the reply any more; the model must then stop its work. */
  signal: AbortSignal;
}

/** A piece of a reply: text as it comes, then `finish` once, last. A reply without `finish` did not end well. */
export type ReplyPiece = { type: 'text'; text: string } | { type: 'finish'; usage: Usage | null };

/** Something that answers messages. */
export interface AiModel {
  /** What callers choose it by. */
  readonly name: string;
  /**
   * Yields the reply. Whoever stops reading stops the model. Throws a DomainError `provider_failed` or
   * `provider_timeout` when there is none to be had; anything else it throws counts as `provider_failed`.
   */
  reply(request: ReplyRequest): AsyncIterable<ReplyPiece>;
}
