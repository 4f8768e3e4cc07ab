import { DomainError, isDomainError, type ErrorCode } from '../../errors.js';

/** By which a provider rejects what was asked: the same request fails again, wherever the fault is found. */
const rejections: readonly ErrorCode[] = [
  'context_length_exceeded',
  'unsupported_parameter',
  'content_filtered',
];
const providerErrors: readonly ErrorCode[] = [
  'provider_failed',
  'provider_timeout',
  'provider_busy',
  ...rejections,
];

/** Whether a provider rejected the request itself. */
export function isRejection({ code }: DomainError): boolean {
  return rejections.includes(code);
}

/** What a model threw, if it is one of the errors that a model may throw; else `provider_failed` with it as the cause. */
export function asProviderError(cause: unknown): DomainError {
  return isDomainError(cause) && providerErrors.includes(cause.code)
    ? cause
    : new DomainError('provider_failed', 'The AI provider failed.', {}, { cause });
}

/**
 * Which of two models' errors the caller is told, the earlier model's first. A busy model is worth a repeat. A fallback
 * that rejects the request says nothing of the model that was asked for, and neither does the failure of a fallback
 * change that the model rejects it.
 */
export function toldError(earlier: DomainError | null, later: DomainError): DomainError {
  if (earlier === null || later.code === 'provider_busy') return later;
  return earlier.code === 'provider_busy' || isRejection(earlier) || isRejection(later) ? earlier : later;
}
