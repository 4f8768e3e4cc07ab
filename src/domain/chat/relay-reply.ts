import type { FinishReason, ReplyPiece, ReplyRequest, ReportedUsage, ToolCall } from '../../ports/ai-model.js';
import type { Clock } from '../../ports/clock.js';
import { DomainError, isDomainError } from '../errors.js';
import type { Usage } from './exchange.js';
import { gatherReply, type GatheredReply, type RelayedPiece } from './gathered-reply.js';
import type { ModelOffer } from './model-offer.js';
import type { OfferChain } from './offer-chain.js';
import { countOf, outputLimit } from './pricing.js';
import { refusedOf } from './reply-wishes.js';
import { watchProvider, type ProviderWatch } from './provider-watch.js';

/** How a reply ended, what came of it, and which model gave it. */
export type RelayedReply =
  | {
      outcome: 'complete';
      text: string;
      toolCalls: ToolCall[];
      reason: FinishReason;
      usage: Usage | null;
      answeredBy: ModelOffer;
    }
  | { outcome: 'abandoned'; text: string; toolCalls: ToolCall[]; answeredBy: ModelOffer }
  | { outcome: 'failed'; error: DomainError };

const firstBackoffMs = 250;
const longestBackoffMs = 2000;

/**
 * Passes a reply on as it comes, and returns how it ended. Asks the chain's models in turn, each as often as it
 * offers, until one sends its first piece; from then on the reply is that model's alone. It is complete only when the
 * model says so and sent something; it is abandoned when the request's signal was aborted first.
 *
 * Never throws, and never waits longer than the deadlines of the offers for a model, even one that ignores its signal.
 * Whoever stops reading stops the model; to be heard while a piece is awaited, abort the request's signal.
 */
export async function* relayReply(
  needs: { clock: Pick<Clock, 'after'> },
  chain: OfferChain,
  request: ReplyRequest,
): AsyncGenerator<RelayedPiece, RelayedReply> {
  let failed: RelayedReply | null = null;
  for (const offer of chain) {
    if (refusedOf(offer.model.refuses, request).length > 0) continue;
    const watch = watchProvider(needs.clock, request.signal, offer.totalTimeoutMs);
    let backoffMs = firstBackoffMs;
    try {
      for (let attempt = 0; attempt <= offer.retries; attempt += 1) {
        if (attempt > 0) await watch.pause(backoffMs);
        if (watch.over !== null) break;
        const { reply, isFinal } = yield* askOnce(watch, offer, request);
        if (reply.outcome !== 'failed' || isFinal) return reply;
        failed = reply;
        const { retryable, retryAfterSeconds = 0 } = reply.error.details;
        // Who asks to be left alone for longer is, and the next model is asked at once.
        if (retryable === false || retryAfterSeconds * 1000 > longestBackoffMs) break;
        const doubledMs = attempt === 0 ? firstBackoffMs : Math.min(backoffMs * 2, longestBackoffMs);
        backoffMs = Math.max(doubledMs, retryAfterSeconds * 1000);
      }
      if (request.signal.aborted) return { outcome: 'abandoned', text: '', toolCalls: [], answeredBy: offer };
    } finally {
      watch.end();
    }
  }
  return failed ?? failure(new DomainError('provider_failed', 'The model cannot do what was asked of it.'));
}

/** Only a failure before the first piece is not final. */
async function* askOnce(
  watch: ProviderWatch,
  offer: ModelOffer,
  request: ReplyRequest,
): AsyncGenerator<RelayedPiece, { reply: RelayedReply; isFinal: boolean }> {
  const stopper = lateStopper();
  const gathered = gatherReply(offer.maxReplyChars);
  let pieces: AsyncIterator<ReplyPiece> | undefined;
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
    pieces = reply[Symbol.asyncIterator]();
    let patienceMs = offer.firstPieceTimeoutMs;
    while (watch.over === null) {
      const next = await watch.wait(pieces.next(), patienceMs);
      if (next.done === true) {
        isFinished = true;
        throw new DomainError('provider_failed', 'The reply ended before it was finished.');
      }
      if (next.value.type === 'finish') {
        isFinished = true;
        return { reply: finished(offer, gathered, next.value), isFinal: true };
      }
      const piece = gathered.take(next.value);
      patienceMs = offer.idleTimeoutMs;
      if (piece === null) continue;
      begun = true;
      yield piece;
    }
    throw watch.over;
  } catch (cause) {
    if (request.signal.aborted) {
      const { text, toolCalls } = gathered;
      return { reply: { outcome: 'abandoned', text, toolCalls, answeredBy: offer }, isFinal: true };
    }
    return { reply: failure(asProviderError(cause)), isFinal: begun };
  } finally {
    if (!isFinished) stopper.stop();
    putAway(pieces);
  }
}

/** One for all: to make an error, with its stack, takes longer than to relay a short reply. */
const stopped = new DOMException('Nobody waits for the reply any more.', 'AbortError');

/** Makes its signal only for a model that looks at it: to make one takes longer than to relay a short reply. */
function lateStopper(): { signal: () => AbortSignal; stop: () => void } {
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
function putAway(pieces: AsyncIterator<ReplyPiece> | undefined): void {
  const ignore = () => undefined;
  try {
    void pieces?.return?.().then(ignore, ignore);
  } catch {
    // It fails at being put away; the reply is over all the same.
  }
}

function finished(
  answeredBy: ModelOffer,
  gathered: GatheredReply,
  { reason, usage }: Extract<ReplyPiece, { type: 'finish' }>,
): RelayedReply {
  gathered.complete();
  const { text, toolCalls } = gathered;
  return { outcome: 'complete', text, toolCalls, reason, usage: soundUsage(usage), answeredBy };
}

function failure(error: DomainError): Extract<RelayedReply, { outcome: 'failed' }> {
  return { outcome: 'failed', error };
}

/** What a model reports is a claim: clamped to counts that can be stored, and nothing when it is no count at all. */
function soundUsage(usage: Partial<ReportedUsage> | null | undefined): Usage | null {
  const input = countOf(usage?.input);
  const output = countOf(usage?.output);
  return input === null || output === null ? null : { input, output };
}

function asProviderError(cause: unknown): DomainError {
  const isProviderError =
    isDomainError(cause) && (cause.code === 'provider_failed' || cause.code === 'provider_timeout');
  return isProviderError
    ? cause
    : new DomainError('provider_failed', 'The AI provider failed.', {}, { cause });
}
