import { DomainError, isDomainError } from '../../domain/errors.js';

const timeouts = new Set([
  'ETIMEDOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Returns what a connection to a provider threw as a DomainError `provider_failed` or `provider_timeout`. Errors of the
 * system name addresses, and errors of parsers quote their input; so only the code or the name is kept, in the cause.
 */
export function connectionError(thrown: unknown): DomainError {
  if (isDomainError(thrown)) return thrown;
  const code = codeOf(thrown);
  if (code !== null && timeouts.has(code)) {
    return new DomainError('provider_timeout', 'The AI provider did not respond in time.', {}, because(code));
  }
  if (code !== null) {
    return new DomainError('provider_failed', 'The AI provider cannot be reached.', {}, because(code));
  }
  const name = thrown instanceof Error ? thrown.name : 'an error event';
  return new DomainError('provider_failed', 'The AI provider failed.', {}, because(name));
}

function because(reason: string): ErrorOptions {
  return { cause: new Error(`Reported by the AI provider's connection: ${reason}.`) };
}

/** Returns the code of the system's or the HTTP client's error, however deep it is wrapped. */
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
