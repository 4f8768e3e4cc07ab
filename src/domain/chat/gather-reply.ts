import type { AiModel, ReplyRequest } from '../../ports/ai-model.js';
import { DomainError } from '../errors.js';
import { unstorableReason } from '../text.js';
import type { Usage } from './exchange.js';

/** How a model's reply ended, and what came of it. */
export type GatheredReply =
  | { outcome: 'complete'; text: string; usage: Usage | null }
  | { outcome: 'abandoned'; text: string }
  | { outcome: 'failed'; error: DomainError };

/**
 * Reads a model's reply to its end. It is complete only when the model says so and sent some text; it is abandoned
 * when the request's signal was aborted first. Never throws.
 */
export async function gatherReply(model: AiModel, request: ReplyRequest): Promise<GatheredReply> {
  let text = '';
  try {
    for await (const piece of model.reply(request)) {
      if (piece.type === 'text') text += piece.text;
      else if (text !== '' || !request.signal.aborted) return finished(text, piece.usage);
      if (request.signal.aborted) break;
    }
  } catch (cause) {
    if (!request.signal.aborted) return { outcome: 'failed', error: asProviderError(cause) };
  }
  if (request.signal.aborted) return abandoned(text);
  return failure('The reply ended before it was finished.');
}

function finished(text: string, usage: Usage | null): GatheredReply {
  if (text === '') return failure('The reply was empty.');
  if (unstorableReason(text) !== null) return failure('The reply cannot be stored.');
  return { outcome: 'complete', text, usage: soundUsage(usage) };
}

/** What was cut off within a character loses its half. */
function abandoned(text: string): GatheredReply {
  const whole = text.replace(/[\uD800-\uDBFF]$/, '');
  if (unstorableReason(whole) !== null) return failure('The reply cannot be stored.');
  return { outcome: 'abandoned', text: whole };
}

function failure(message: string): GatheredReply {
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
