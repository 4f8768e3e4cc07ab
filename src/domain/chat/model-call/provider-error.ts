import { DomainError, isDomainError, type ErrorCode } from '../../errors.js';

/** A provider rejects the request with these: the same request would fail again. */
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

/** Returns whether a provider rejected the request itself. */
export function isRejection({ code }: DomainError): boolean {
  return rejections.includes(code);
}

/** Returns what a model threw if the port allows that error; else a `provider_failed` with it as the cause. */
export function toProviderError(cause: unknown): DomainError {
  return isDomainError(cause) && providerErrors.includes(cause.code)
    ? cause
    : new DomainError('provider_failed', 'The AI provider failed.', {}, { cause });
}

/**
 * Returns which of two models' errors is reported to the caller. A busy model can be asked again later, so that error is
 * the most useful one. A rejection is reported only if it came from the model that was requested: what a fallback rejects
 * or fails at does not change it.
 */
export function errorToReport(earlier: DomainError | null, later: DomainError): DomainError {
  if (earlier === null || later.code === 'provider_busy') return later;
  return earlier.code === 'provider_busy' || isRejection(earlier) || isRejection(later) ? earlier : later;
}
