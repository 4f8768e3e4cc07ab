import type { FinishReason, ReplyRequest } from '../../../ports/ai-model.js';
import { DomainError } from '../../errors.js';
import type { ModelOffer } from '../model-offer.js';
import { outputLimit } from '../price.js';
import type { Deadlines } from './deadlines.js';
import { gatherReply, partsOf, type ContentChunk, type ReplyParts } from './gathered-reply.js';
import { toProviderError } from './provider-error.js';

/** A chunk of a relayed reply; `end` comes once, last. */
export type RelayedChunk = ContentChunk | { type: 'end'; reply: RelayedReply };

/** How a reply ended, what came of it, and which model wrote it. */
export type RelayedReply = ReplyParts &
  (
    | { outcome: 'complete'; reason: FinishReason; repliedBy: ModelOffer }
    | { outcome: 'abandoned'; repliedBy: ModelOffer }
    | { outcome: 'failed'; error: DomainError }
  );

/**
 * Sends one request to one model. Yields the reply, then how it ended. Throws a DomainError if the model fails before its
 * first chunk; a later failure is the end of the reply.
 *
 * @param onStarted Called with the reply, which goes on growing, before its first chunk is yielded.
 */
export async function* askModel(
  offer: ModelOffer,
  request: ReplyRequest,
  deadlines: Deadlines,
  onStarted: (reply: ReplyParts) => void,
): AsyncGenerator<RelayedChunk, void> {
  const controller = new AbortController();
  const stopModel = () => {
    controller.abort();
  };
  const gathered = gatherReply(offer.maxReplyChars);
  const maxOutputTokens = outputLimit(offer, request.maxOutputTokens);
  let hasStarted = false;
  let isFinished = false;
  try {
    const reply = offer.model.reply({ ...request, maxOutputTokens, signal: controller.signal });
    for await (const chunk of deadlines.watch(reply, offer, stopModel)) {
      if (chunk.type === 'finish') {
        isFinished = true;
        yield* gathered.finish(chunk.usage);
        const { reason } = chunk;
        yield { type: 'end', reply: { ...partsOf(gathered), outcome: 'complete', reason, repliedBy: offer } };
        return;
      }
      const relayed = gathered.add(chunk);
      if (relayed === null) continue;
      if (!hasStarted) onStarted(gathered);
      hasStarted = true;
      yield relayed;
    }
    throw new DomainError('provider_failed', 'The reply ended before it was finished.');
  } catch (cause) {
    if (request.signal.aborted) {
      yield { type: 'end', reply: { ...partsOf(gathered), outcome: 'abandoned', repliedBy: offer } };
    } else {
      const error = toProviderError(cause);
      if (!hasStarted) throw error;
      yield { type: 'end', reply: { ...partsOf(gathered), outcome: 'failed', error } };
    }
  } finally {
    if (!isFinished) stopModel();
  }
}
