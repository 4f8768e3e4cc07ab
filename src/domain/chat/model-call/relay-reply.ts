import type { ReplyRequest } from '../../../ports/ai-model.js';
import type { Clock } from '../../../ports/clock.js';
import { DomainError } from '../../errors.js';
import { supports } from '../completion-options.js';
import type { ModelOffer, OfferChain } from '../model-offer.js';
import { askModel, type RelayedChunk } from './ask-model.js';
import { startDeadlines, type Deadlines } from './deadlines.js';
import { emptyReply, type ReplyParts } from './gathered-reply.js';
import { errorToReport, isRejection, toProviderError } from './provider-error.js';

export interface RelayDeps {
  clock: Pick<Clock, 'after'>;
  /** Called with the reply, which goes on growing, before its first chunk is yielded. */
  onStarted: (reply: ReplyParts) => void;
}

const firstBackoffMs = 250;
const longestBackoffMs = 2000;

/**
 * Yields a reply as it comes, then how it ended. Asks the models of the chain in turn, and repeats a failed request as
 * often as the offer allows, until one model sends its first chunk. From then on only that model is used. A reply is
 * complete only if the model says so, with or without text. It is abandoned if the request's signal is aborted first.
 *
 * A model that rejects the request is not asked again, and neither are its fallbacks; but if the request is too long for
 * it, fallbacks with a larger context are asked. If every model fails, the error is the one that helps the caller most:
 * that a model is busy, else why the first model rejects the request, else why the last model failed.
 *
 * Never throws, and never waits for a model longer than the deadlines of its offer, even if the model ignores its signal.
 * A reader that stops reading stops the model; to stop it while a chunk is awaited, abort the request's signal.
 */
export async function* relayReply(
  deps: RelayDeps,
  chain: OfferChain,
  request: ReplyRequest,
): AsyncGenerator<RelayedChunk, void> {
  let error: DomainError | null = null;
  let tooSmallContext = 0;
  for (const [position, offer] of chain.entries()) {
    if (!supports(offer.model, request) || offer.contextTokens <= tooSmallContext) continue;
    const deadlines = startDeadlines(deps.clock, request.signal, offer.totalTimeoutMs);
    try {
      yield* askRepeatedly(deps, offer, request, deadlines);
      return;
    } catch (cause) {
      const latest = toProviderError(cause);
      error = errorToReport(error, latest);
      if (latest.code === 'context_length_exceeded') tooSmallContext = offer.contextTokens;
      else if (position === 0 && isRejection(latest)) break;
    } finally {
      deadlines.clear();
    }
  }
  error ??= new DomainError('provider_failed', 'No model of the fallback chain supports this request.');
  yield { type: 'end', reply: { ...emptyReply, outcome: 'failed', error } };
}

/** Yields the reply of one model. Throws its last error if every request fails before the first chunk. */
async function* askRepeatedly(
  { onStarted }: RelayDeps,
  offer: ModelOffer,
  request: ReplyRequest,
  deadlines: Deadlines,
): AsyncGenerator<RelayedChunk, void> {
  let backoffMs = 0;
  let error: DomainError | null = null;
  for (let attempt = 0; deadlines.expired === null; attempt += 1) {
    try {
      yield* askModel(offer, request, deadlines, onStarted);
      return;
    } catch (cause) {
      error = toProviderError(cause);
    }
    const { retryable, retryAfterSeconds = 0 } = error.details;
    const retryAfterMs = retryAfterSeconds * 1000;
    // If the provider asks for a longer pause, the next model is asked at once.
    const isFinal = retryable === false || isRejection(error) || retryAfterMs > longestBackoffMs;
    if (attempt >= offer.retries || isFinal) throw error;
    const doubledMs = backoffMs === 0 ? firstBackoffMs : Math.min(backoffMs * 2, longestBackoffMs);
    backoffMs = Math.max(doubledMs, retryAfterMs);
    await deadlines.pause(backoffMs);
  }
  if (!request.signal.aborted && error !== null) throw error;
  yield { type: 'end', reply: { ...emptyReply, outcome: 'abandoned', repliedBy: offer } };
}
