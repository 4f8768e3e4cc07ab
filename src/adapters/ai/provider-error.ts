import { DomainError, isDomainError } from '../../domain/errors.js';

const timeouts = new Set([
  'ETIMEDOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Other statuses from 300 to 499 say that the request itself is at fault (RFC 9110, sections 15.4 and 15.5). */
const passingStatuses = new Set([408, 409, 425, 429]);

/**
 * What a provider, or the AI SDK, threw, as a DomainError `provider_failed` or `provider_timeout`. Errors of the SDK
 * carry the request, its address and the answer; of all that only the status and the system's code are kept, in the
 * cause.
 */
export function providerError(thrown: unknown): DomainError {
  if (isDomainError(thrown)) return thrown;
  const code = codeOf(thrown);
  if (code !== null && timeouts.has(code)) {
    return new DomainError('provider_timeout', 'The AI provider did not answer in time.', {}, because(code));
  }
  const status = statusOf(thrown);
  if (status !== null && status >= 300) {
    const retryable = status >= 500 || passingStatuses.has(status);
    const details = retryable ? retryAfterOf(thrown) : { retryable };
    const cause = because(`status ${status}`);
    return new DomainError('provider_failed', 'The AI provider refused to answer.', details, cause);
  }
  if (code !== null) {
    return new DomainError('provider_failed', 'The AI provider cannot be reached.', {}, because(code));
  }
  const name = thrown instanceof Error ? thrown.name : 'an error event';
  const details = name === 'AI_UnsupportedFunctionalityError' ? { retryable: false } : {};
  return new DomainError('provider_failed', 'The AI provider failed.', details, because(name));
}

function because(reason: string): ErrorOptions {
  return { cause: new Error(`The AI provider's answer: ${reason}.`) };
}

/** When a provider wants to be asked again, if it says so in seconds (RFC 9110, section 10.2.3). */
function retryAfterOf(thrown: unknown): { retryAfterSeconds?: number } {
  const headers = thrown instanceof Error && 'responseHeaders' in thrown ? thrown.responseHeaders : null;
  if (typeof headers !== 'object' || headers === null || !('retry-after' in headers)) return {};
  const said = headers['retry-after'];
  return typeof said === 'string' && /^\d{1,6}$/.test(said) ? { retryAfterSeconds: Number(said) } : {};
}

function statusOf(thrown: unknown): number | null {
  const status = thrown instanceof Error && 'statusCode' in thrown ? thrown.statusCode : null;
  return typeof status === 'number' && Number.isInteger(status) ? status : null;
}

/** The code of the system's or the HTTP client's error, however deep it is wrapped. */
function codeOf(thrown: unknown): string | null {
  let error = thrown;
  for (let depth = 0; error instanceof Error && depth < 5; depth += 1) {
    if ('code' in error && typeof error.code === 'string' && /^[A-Z][A-Z_]{3,39}$/.test(error.code)) {
      return error.code;
    }
    error = error.cause;
  }
  return null;
}
