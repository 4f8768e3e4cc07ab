import type { FinishReason, ReplyChunk, ReplyRequest } from '../../../ports/ai-model.js';
import type { Clock } from '../../../ports/clock.js';
import { DomainError } from '../../errors.js';
import { emptyReply, gatherReply, partsOf, type RelayedChunk, type ReplyParts } from './gathered-reply.js';
import type { ModelOffer } from '../model-offer.js';
import type { OfferChain } from '../offer-chain.js';
import { outputLimit } from '../price.js';
import { asProviderError, isRejection, toldError } from './provider-error.js';
import { canDo } from '../completion-options.js';
import { watchProvider, type ProviderWatch } from './provider-watch.js';

/** How a reply ended, what came of it, and which model gave it. */
export type RelayedReply = ReplyParts &
  (
    | { outcome: 'complete'; reason: FinishReason; repliedBy: ModelOffer }
    | { outcome: 'abandoned'; repliedBy: ModelOffer }
    | { outcome: 'failed'; error: DomainError }
  );

/** What relaying needs. */
export interface RelayDeps {
  clock: Pick<Clock, 'after'>;
  /** Called with the reply, which goes on growing, before its first piece is passed on. */
  onBegun?: (reply: ReplyParts) => void;
}

const firstBackoffMs = 250;
const longestBackoffMs = 2000;

/**
 * Passes a reply on as it comes, and returns how it ended. Asks the chain's models in turn, each as often as it
 * offers, until one sends its first piece; from then on the reply is that model's alone. It is complete only when the
 * model says so, with or without text; it is abandoned when the request's signal was aborted first.
 *
 * A model that rejects the request itself is not asked again, and neither are its fallbacks; but if the request is too
 * long for it, those that read more are. If all fail, the error is the one that helps the caller most: that a model is
 * busy, else why the first one rejects the request, else why the last one failed.
 *
 * Never throws, and never waits longer than the deadlines of the offers for a model, even one that ignores its signal.
 * A caller that stops reading stops the model; while a piece is awaited, abort the request's signal instead.
 */
export async function* relayReply(
  deps: RelayDeps,
  chain: OfferChain,
  request: ReplyRequest,
): AsyncGenerator<RelayedChunk, RelayedReply> {
  let error: DomainError | null = null;
  let readsMoreThan = 0;
  for (const [place, offer] of chain.entries()) {
    if (!canDo(offer.model, request) || offer.contextTokens <= readsMoreThan) continue;
    const watch = watchProvider(deps.clock, request.signal, offer.totalTimeoutMs);
    let latest: DomainError | null = null;
    let backoffMs = firstBackoffMs;
    try {
      for (let attempt = 0; attempt <= offer.retries; attempt += 1) {
        if (attempt > 0) await watch.pause(backoffMs);
        if (watch.over !== null) break;
        const { reply, isFinal } = yield* askOnce(deps, watch, offer, request);
        if (reply.outcome !== 'failed' || isFinal) return reply;
        latest = reply.error;
        const { retryable, retryAfterSeconds = 0 } = latest.details;
        // A provider that asks for a longer pause gets it, and the next model is asked at once.
        if (retryable === false || isRejection(latest) || retryAfterSeconds * 1000 > longestBackoffMs) break;
        const doubledMs = attempt === 0 ? firstBackoffMs : Math.min(backoffMs * 2, longestBackoffMs);
        backoffMs = Math.max(doubledMs, retryAfterSeconds * 1000);
      }
      if (request.signal.aborted) return { ...emptyReply, outcome: 'abandoned', repliedBy: offer };
    } finally {
      watch.end();
    }
    if (latest === null) continue;
    error = toldError(error, latest);
    if (latest.code === 'context_length_exceeded') readsMoreThan = offer.contextTokens;
    else if (place === 0 && isRejection(latest)) break;
  }
  return failure(error ?? new DomainError('provider_failed', 'The model cannot do what was asked of it.'));
}

/** Only a failure before the first piece is not final. */
async function* askOnce(
  deps: RelayDeps,
  watch: ProviderWatch,
  offer: ModelOffer,
  request: ReplyRequest,
): AsyncGenerator<RelayedChunk, { reply: RelayedReply; isFinal: boolean }> {
  const stopper = lazyAbortController();
  const gathered = gatherReply(offer.maxReplyChars);
  let chunks: AsyncIterator<ReplyChunk> | undefined;
  let begun = false;
  let isFinished = false;
  watch.stopsWith(stopper.stop);
  try {
    const maxOutputTokens = outputLimit(offer, request.maxOutputTokens);
    const reply = offer.model.reply({
      ...request,
      maxOutputTokens,
      get signal() {
        return stopper.signal();
      },
    });
    chunks = reply[Symbol.asyncIterator]();
    let patienceMs = offer.firstChunkTimeoutMs;
    while (watch.over === null) {
      const next = await watch.wait(chunks.next(), patienceMs);
      if (next.done === true) {
        isFinished = true;
        throw new DomainError('provider_failed', 'The reply ended before it was finished.');
      }
      if (next.value.type === 'finish') {
        isFinished = true;
        const { reason, usage } = next.value;
        yield* gathered.finish(usage);
        return {
          reply: { ...partsOf(gathered), outcome: 'complete', reason, repliedBy: offer },
          isFinal: true,
        };
      }
      const chunk = gathered.take(next.value);
      patienceMs = offer.idleTimeoutMs;
      if (chunk === null) continue;
      if (!begun) deps.onBegun?.(gathered);
      begun = true;
      yield chunk;
    }
    throw watch.over;
  } catch (cause) {
    if (request.signal.aborted) {
      return { reply: { ...partsOf(gathered), outcome: 'abandoned', repliedBy: offer }, isFinal: true };
    }
    return { reply: failure(asProviderError(cause), partsOf(gathered)), isFinal: begun };
  } finally {
    if (!isFinished) stopper.stop();
    closeIterator(chunks);
  }
}

/** One for all: to make an error, with its stack, takes longer than to relay a short reply. */
const stopped = new DOMException('Nobody waits for the reply any more.', 'AbortError');

/** Makes its signal only for a model that looks at it: to make one takes longer than to relay a short reply. */
function lazyAbortController(): { signal: () => AbortSignal; stop: () => void } {
  let controller: AbortController | null = null;
  let isStopped = false;
  return {
    signal() {
      controller ??= new AbortController();
      if (isStopped) controller.abort(stopped);
      return controller.signal;
    },
    stop() {
      isStopped = true;
      controller?.abort(stopped);
    },
  };
}

/** Not waited for: a model that ignores its signal may never come to its end. */
function closeIterator(chunks: AsyncIterator<ReplyChunk> | undefined): void {
  const ignore = () => undefined;
  try {
    void chunks?.return?.().then(ignore, ignore);
  } catch {
    // The reply is over, whether or not its iterator can be closed.
  }
}

function failure(
  error: DomainError,
  reply: ReplyParts = emptyReply,
): Extract<RelayedReply, { outcome: 'failed' }> {
  return { ...reply, outcome: 'failed', error };
}
