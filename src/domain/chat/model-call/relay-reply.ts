import type { FinishReason, ReplyChunk, ReplyRequest } from '../../../ports/ai-model.js';
import type { Clock } from '../../../ports/clock.js';
import { DomainError } from '../../errors.js';
import { outputLimit } from '../../metering/price.js';
import { unstorableReason } from '../../text.js';
import { supports, type ModelOffer, type OfferChain } from '../model-offer.js';
import { startDeadlines, type Deadlines } from './deadlines.js';
import { emptyReply, gatherReply, partsOf, type ContentChunk, type ReplyParts } from './gathered-reply.js';
import { errorToReport, isRejection, toProviderError } from './provider-error.js';

/** A chunk of a relayed reply; `end` comes once, last. */
export type RelayedChunk = ContentChunk | { type: 'end'; reply: RelayedReply };

/** How a reply ended, what came of it, and which model wrote it. */
export type RelayedReply = ReplyParts & {
  /** The names of the models that failed, in the order in which they were asked. */
  failedModels: readonly string[];
} & (
    | { outcome: 'complete'; reason: FinishReason; stopSequence: string | null; repliedBy: ModelOffer }
    | { outcome: 'abandoned'; repliedBy: ModelOffer }
    | { outcome: 'failed'; error: DomainError }
  );

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
  { clock, onStarted }: RelayDeps,
  chain: OfferChain,
  request: ReplyRequest,
): AsyncGenerator<RelayedChunk, void> {
  let error: DomainError | null = null;
  let tooSmallContext = 0;
  const failedModels: string[] = [];
  for (const [position, offer] of chain.entries()) {
    if (!supports(offer, request) || offer.contextTokens <= tooSmallContext) continue;
    const deadlines = startDeadlines(clock, request.signal, offer.totalTimeoutMs);
    let latest: DomainError | null = null;
    try {
      let delayMs: number | null = 0;
      for (let attempt = 0; delayMs !== null && deadlines.expired === null; attempt += 1) {
        try {
          yield* askModel(offer, request, { deadlines, onStarted, failedModels });
          return;
        } catch (cause) {
          latest = toProviderError(cause);
        }
        delayMs = attempt < offer.retries ? retryDelayMs(latest, delayMs) : null;
        if (delayMs !== null) await deadlines.pause(delayMs);
      }
    } finally {
      deadlines.clear();
    }
    if (latest === null || request.signal.aborted) {
      yield { type: 'end', reply: { ...emptyReply, failedModels, outcome: 'abandoned', repliedBy: offer } };
      return;
    }
    if (!isRejection(latest)) failedModels.push(offer.name);
    error = errorToReport(error, latest);
    if (latest.code === 'context_length_exceeded') tooSmallContext = offer.contextTokens;
    else if (position === 0 && isRejection(latest)) break;
  }
  error ??= new DomainError('provider_failed', 'No model of the fallback chain supports this request.');
  yield { type: 'end', reply: { ...emptyReply, failedModels, outcome: 'failed', error } };
}

/** Returns the sequence that ended a reply if the request has it; null for one that a database cannot store. */
function stopSequenceOf(
  { stopSequence }: Extract<ReplyChunk, { type: 'finish' }>,
  { sampling }: ReplyRequest,
): string | null {
  if (stopSequence == null || sampling.stop?.includes(stopSequence) !== true) return null;
  return unstorableReason(stopSequence) === null ? stopSequence : null;
}

/** Returns a request without the field that turns reasoning off, which a model without reasoning may reject. */
function requestTo({ capabilities }: ModelOffer, request: ReplyRequest): ReplyRequest {
  const { reasoning, ...rest } = request;
  return reasoning === undefined || capabilities.includes('reasoning') ? request : rest;
}

/** Returns how long to wait before the request is repeated, or null if it is not. The delay doubles with each attempt. */
function retryDelayMs(error: DomainError, previousMs: number): number | null {
  const { retryable, retryAfterSeconds = 0 } = error.details;
  const retryAfterMs = retryAfterSeconds * 1000;
  // If the provider asks for a longer pause, the next model is asked at once.
  if (retryable === false || isRejection(error) || retryAfterMs > longestBackoffMs) return null;
  const backoffMs = previousMs === 0 ? firstBackoffMs : Math.min(previousMs * 2, longestBackoffMs);
  return Math.max(backoffMs, retryAfterMs);
}

/**
 * Sends one request to one model. Yields the reply, then how it ended. Throws a DomainError if the model fails before its
 * first chunk; a later failure is the end of the reply.
 *
 * @param onStarted Called with the reply, which goes on growing, before its first chunk is yielded.
 * @param failedModels The models that failed before.
 */
async function* askModel(
  offer: ModelOffer,
  request: ReplyRequest,
  {
    deadlines,
    onStarted,
    failedModels,
  }: Pick<RelayDeps, 'onStarted'> & { deadlines: Deadlines; failedModels: readonly string[] },
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
    const reply = offer.model.reply({
      ...requestTo(offer, request),
      maxOutputTokens,
      signal: controller.signal,
    });
    for await (const chunk of deadlines.watch(reply, offer, stopModel)) {
      if (chunk.type === 'finish') {
        isFinished = true;
        yield* gathered.finish(chunk.usage);
        const { reason } = chunk;
        const ended = { outcome: 'complete', reason, stopSequence: stopSequenceOf(chunk, request) } as const;
        yield { type: 'end', reply: { ...partsOf(gathered), failedModels, ...ended, repliedBy: offer } };
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
      yield {
        type: 'end',
        reply: { ...partsOf(gathered), failedModels, outcome: 'abandoned', repliedBy: offer },
      };
    } else {
      const error = toProviderError(cause);
      if (!hasStarted) throw error;
      const failed = isRejection(error) ? failedModels : [...failedModels, offer.name];
      yield {
        type: 'end',
        reply: { ...partsOf(gathered), failedModels: failed, outcome: 'failed', error },
      };
    }
  } finally {
    if (!isFinished) stopModel();
  }
}
