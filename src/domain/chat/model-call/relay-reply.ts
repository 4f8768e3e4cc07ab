import type { FinishReason, ReplyChunk, ReplyRequest } from '../../../ports/ai-model.js';
import type { Clock } from '../../../ports/clock.js';
import { DomainError } from '../../errors.js';
import { outputLimit } from '../../metering/price.js';
import { unstorableReason } from '../../text.js';
import { supports, type ModelOffer, type OfferChain } from '../model-offer.js';
import { startDeadlines, type Deadlines } from './deadlines.js';
import { emptyReply, gatherReply, partsOf, type ContentChunk, type ReplyParts } from './gathered-reply.js';
import { errorToReport, isRejection, toProviderError } from './provider-error.js';

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
  /** Called with the reply, which goes on growing, before its first chunk is passed on. */
  onStarted: (reply: ReplyParts) => void;
  /** Called with each chunk. The next one is read when it resolves. */
  pass: (chunk: ContentChunk) => Promise<void> | undefined;
}

const firstBackoffMs = 250;
const longestBackoffMs = 2000;

/**
 * Passes a reply on as it comes, and returns how it ended. Asks the models of the chain in turn, and repeats a failed request as
 * often as the offer allows, until one model sends its first chunk. From then on only that model is used. A reply is
 * complete only if the model says so, with or without text. It is abandoned if the request's signal is aborted first.
 *
 * A model that rejects the request is not asked again, and neither are its fallbacks; but if the request is too long for
 * it, fallbacks with a larger context are asked. If every model fails, the error is the one that helps the caller most:
 * that a model is busy, else why the first model rejects the request, else why the last model failed.
 *
 * Never throws, and never waits for a model longer than the deadlines of its offer, even if the model ignores its signal. A
 * function instead of a generator: for each chunk of a short chat, two generators would take as much memory as its chunks.
 */
export async function relayReply(
  deps: RelayDeps,
  chain: OfferChain,
  request: ReplyRequest,
): Promise<RelayedReply> {
  let error: DomainError | null = null;
  let tooSmallContext = 0;
  const failedModels: string[] = [];
  for (const [position, offer] of chain.entries()) {
    if (!supports(offer, request) || offer.contextTokens <= tooSmallContext) continue;
    const deadlines = startDeadlines(deps.clock, request.signal, offer.totalTimeoutMs);
    let latest: DomainError | null = null;
    try {
      let delayMs: number | null = 0;
      for (let attempt = 0; delayMs !== null && deadlines.expired === null; attempt += 1) {
        try {
          return await askModel({ ...deps, deadlines, failedModels }, offer, request);
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
      return { ...emptyReply, failedModels, outcome: 'abandoned', repliedBy: offer };
    }
    if (!isRejection(latest)) failedModels.push(offer.name);
    error = errorToReport(error, latest);
    if (latest.code === 'context_length_exceeded') tooSmallContext = offer.contextTokens;
    else if (position === 0 && isRejection(latest)) break;
  }
  error ??= new DomainError('provider_failed', 'No model of the fallback chain supports this request.');
  return { ...emptyReply, failedModels, outcome: 'failed', error };
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
 * Sends one request to one model, passes its reply on, and returns how it ended. Throws a DomainError if the model fails before
 * its first chunk; a later failure is the end of the reply.
 *
 * @param deps.failedModels The models that failed before.
 */
async function askModel(
  {
    deadlines,
    failedModels,
    onStarted,
    pass,
  }: Pick<RelayDeps, 'onStarted' | 'pass'> & { deadlines: Deadlines; failedModels: readonly string[] },
  offer: ModelOffer,
  request: ReplyRequest,
): Promise<RelayedReply> {
  const controller = new AbortController();
  const stopModel = () => {
    controller.abort();
  };
  deadlines.onExpired(stopModel);
  const gathered = gatherReply(offer.maxReplyChars);
  const maxOutputTokens = outputLimit(offer, request.maxOutputTokens);
  let chunks: AsyncIterator<ReplyChunk, void> | null = null;
  let hasStarted = false;
  let isFinished = false;
  try {
    const asked = { ...requestTo(offer, request), maxOutputTokens, signal: controller.signal };
    chunks = offer.model.reply(asked)[Symbol.asyncIterator]();
    for (let withinMs = offer.firstChunkTimeoutMs; ; withinMs = offer.idleTimeoutMs) {
      const next = await deadlines.next(chunks, withinMs);
      if (next.done === true)
        throw new DomainError('provider_failed', 'The reply ended before it was finished.');
      const chunk = next.value;
      if (chunk.type === 'finish') {
        isFinished = true;
        for (const last of gathered.finish(chunk.usage)) await pass(last);
        const { reason } = chunk;
        const ended = { outcome: 'complete', reason, stopSequence: stopSequenceOf(chunk, request) } as const;
        return { ...partsOf(gathered), failedModels, ...ended, repliedBy: offer };
      }
      const relayed = gathered.add(chunk);
      if (relayed === null) continue;
      if (!hasStarted) onStarted(gathered);
      hasStarted = true;
      await pass(relayed);
    }
  } catch (cause) {
    if (request.signal.aborted) {
      return { ...partsOf(gathered), failedModels, outcome: 'abandoned', repliedBy: offer };
    }
    const error = toProviderError(cause);
    if (!hasStarted) throw error;
    const failed = isRejection(error) ? failedModels : [...failedModels, offer.name];
    return { ...partsOf(gathered), failedModels: failed, outcome: 'failed', error };
  } finally {
    if (chunks !== null) closeIterator(chunks);
    if (!isFinished) stopModel();
  }
}

/** Does not wait: a model that ignores its signal may never end. */
function closeIterator(chunks: AsyncIterator<unknown>): void {
  try {
    void chunks.return?.().then(doNothing, doNothing);
  } catch {
    // The reply is over, whether or not its iterator can be closed.
  }
}

function doNothing(): void {
  // What a model does after the end of its reply is ignored.
}
