import type { ReplyChunk } from '../../ports/ai-model.js';
import type { StreamEvent } from './event-stream.js';

/**
 * How far a reply has come: `open` until the provider gives a reason for its end; `ending` while a last report of its usage
 * may follow; `ended` after which nothing is read.
 */
export type ReplyState = 'open' | 'ending' | 'ended';

/** Understands the replies of one wire format. Made for each reply. */
export interface ReplyReader {
  readonly state: ReplyState;
  /** Returns what the next event of a stream adds to the reply. Throws a DomainError if the event reports a failure. */
  take(event: StreamEvent): ReplyChunk[];
  /** Returns what a whole reply consists of, from a provider that does not stream. Throws like `take`. */
  takeWhole(value: unknown): ReplyChunk[];
  /** Returns the last pieces of a reply that is no longer `open`. */
  finish(): ReplyChunk[];
}
