import type { ReplyChunk } from '../../ports/ai-model.js';
import type { StreamEvent } from './event-stream.js';

/**
 * The state of a reply: `open` until the provider gives a reason for its end; `ending` while a last report of the usage may
 * follow; `ended` when nothing more is read.
 */
export type ReplyState = 'open' | 'ending' | 'ended';

/** Reads one reply of a wire format. */
export interface ReplyReader {
  readonly state: ReplyState;
  /** Returns the chunks of the next event of a stream. Throws a DomainError if the event reports a failure. */
  take(event: StreamEvent): ReplyChunk[];
  /** Returns the chunks of a whole reply, from a provider that does not stream. Throws as `take` does. */
  takeWhole(value: unknown): ReplyChunk[];
  /** Returns the last chunks of a reply that is no longer `open`. */
  finish(): ReplyChunk[];
}
