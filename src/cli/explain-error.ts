import { isDomainError } from '../domain/errors.js';
import { isSetupError } from '../domain/setup-error.js';

/** Returns a text for the operator: the message, and a stack only if the program itself is at fault. */
export function explainError(error: unknown): string {
  if (isDomainError(error)) {
    const fieldErrors = Object.entries(error.details.fieldErrors ?? {}).flatMap(([field, messages]) =>
      messages.map((message) => `\n  ${field}: ${message}`),
    );
    // Unlike callers of the API, the operator can act on what the database reported.
    const { code, cause } = error;
    const reason = code === 'unavailable' && cause instanceof Error ? ` The reason: ${cause.message}.` : '';
    return error.message + reason + fieldErrors.join('');
  }
  if (isSetupError(error)) return error.message;
  if (!(error instanceof Error)) return String(error);
  if (isSystemError(error, 'EADDRINUSE')) {
    return 'Another program uses that address. Choose another port: PORT=8001 npm start';
  }
  const isEnvironmentAtFault = 'syscall' in error || isSystemError(error, 'ERR_PARSE_ARGS');
  return isEnvironmentAtFault ? error.message : (error.stack ?? error.message);
}

/** Returns whether the code of a system error begins with `code`. */
export function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith(code);
}
