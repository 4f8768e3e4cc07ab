import type { FinishReason, ReplyPiece, ReplyRequest, ToolCall } from '../../ports/ai-model.js';
import { DomainError } from '../errors.js';
import { unstorableReason } from '../text.js';
import type { Usage } from './exchange.js';
import type { ModelOffer } from './model-offer.js';

/** A piece of a reply as it is passed on. */
export type RelayedPiece = Exclude<ReplyPiece, { type: 'finish' }>;

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
  | { outcome: 'abandoned'; text: string; answeredBy: ModelOffer }
  | { outcome: 'failed'; error: DomainError };

/**
 * Passes a model's reply on as it comes, and returns how it ended. It is complete only when the model says so and sent
 * something; it is abandoned when the request's signal was aborted first. Never throws.
 */
export async function* relayReply(
  offer: ModelOffer,
  request: ReplyRequest,
): AsyncGenerator<RelayedPiece, RelayedReply> {
  let text = '';
  const toolCalls: ToolCall[] = [];
  try {
    for await (const piece of offer.model.reply(request)) {
      if (piece.type === 'finish') {
        const isEmpty = text === '' && toolCalls.length === 0;
        if (!isEmpty || !request.signal.aborted) return finished(offer, text, toolCalls, piece);
      } else {
        if (piece.type === 'text') text += piece.text;
        else toolCalls.push(piece.call);
        yield piece;
      }
      if (request.signal.aborted) break;
    }
  } catch (cause) {
    if (!request.signal.aborted) return { outcome: 'failed', error: asProviderError(cause) };
  }
  if (request.signal.aborted) return abandoned(offer, text);
  return failure('The reply ended before it was finished.');
}

function finished(
  answeredBy: ModelOffer,
  text: string,
  toolCalls: ToolCall[],
  { reason, usage }: Extract<ReplyPiece, { type: 'finish' }>,
): RelayedReply {
  if (text === '' && toolCalls.length === 0) return failure('The reply was empty.');
  if (unstorableReason(text) !== null) return failure('The reply cannot be stored.');
  return { outcome: 'complete', text, toolCalls, reason, usage: soundUsage(usage), answeredBy };
}

/** What was cut off within a character loses its half. */
function abandoned(answeredBy: ModelOffer, text: string): RelayedReply {
  const whole = text.replace(/[\uD800-\uDBFF]$/, '');
  if (unstorableReason(whole) !== null) return failure('The reply cannot be stored.');
  return { outcome: 'abandoned', text: whole, answeredBy };
}

function failure(message: string): RelayedReply {
  return { outcome: 'failed', error: new DomainError('provider_failed', message) };
}

/** What a model reports is a claim: clamped to counts that can be stored, and nothing when it is no count at all. */
function soundUsage(usage: Usage | null): Usage | null {
  if (!Number.isFinite(usage?.input) || !Number.isFinite(usage?.output)) return null;
  return usage && { input: countOf(usage.input), output: countOf(usage.output) };
}

function countOf(reported: number): number {
  return Math.min(Math.max(Math.round(reported), 0), Number.MAX_SAFE_INTEGER);
}

function asProviderError(cause: unknown): DomainError {
  const isProviderError =
    cause instanceof DomainError && (cause.code === 'provider_failed' || cause.code === 'provider_timeout');
  return isProviderError
    ? cause
    : new DomainError('provider_failed', 'The AI provider failed.', {}, { cause });
}
