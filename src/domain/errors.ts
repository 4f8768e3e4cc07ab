import type { LimitState } from './limits/limit.js';

/** What sort of failure an error is, whatever the place it is reported at. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'unaffordable'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'mismatch'
  | 'limited'
  | 'upstream'
  | 'timeout'
  | 'unavailable';

/**
 * Every code an embedder can meet, with its kind. Codes are added to, never renamed.
 */
export const errorKinds = {
  invalid_input: 'invalid',
  model_not_found: 'invalid',
  unsupported_parameter: 'invalid',
  context_length_exceeded: 'invalid',
  content_filtered: 'invalid',
  invalid_auth_token: 'invalid',
  unauthenticated: 'unauthenticated',
  invalid_credentials: 'unauthenticated',
  insufficient_credits: 'unaffordable',
  session_required: 'forbidden',
  admin_required: 'forbidden',
  email_not_verified: 'forbidden',
  wrong_password: 'forbidden',
  not_found: 'missing',
  username_taken: 'conflict',
  email_taken: 'conflict',
  too_many_keys: 'conflict',
  last_admin: 'conflict',
  balance_out_of_range: 'conflict',
  idempotency_in_progress: 'conflict',
  idempotency_key_reused: 'mismatch',
  rate_limited: 'limited',
  provider_busy: 'limited',
  provider_failed: 'upstream',
  provider_timeout: 'timeout',
  unavailable: 'unavailable',
} as const satisfies Record<string, ErrorKind>;

/** Every reason to refuse. Added to, never renamed. */
export type ErrorCode = keyof typeof errorKinds;

/** Messages by the name of the field that they are about; every reason at once. */
export type FieldErrors = Record<string, string[]>;

/** Facts about an error that a caller may show or act on; never secrets, message texts or SQL. */
export interface ErrorDetails {
  /** With `invalid_input`, the `_taken` codes, `unsupported_parameter` and `context_length_exceeded`. */
  fieldErrors?: FieldErrors;
  /** With `insufficient_credits`: what can be spent now. */
  balance?: number;
  /** With `insufficient_credits`: what the message needs. */
  required?: number;
  /** With `rate_limited` and wrong passwords: the limit that is closest to its end. */
  limit?: LimitState;
  /** With `idempotency_in_progress`, `rate_limited`, `unavailable`, `provider_busy`, `provider_failed`: when a repeat
   * is worth it, in seconds, perhaps with a fraction. */
  retryAfterSeconds?: number;
  /** With `provider_failed`: false when the provider would only fail again if it were asked the same. */
  retryable?: boolean;
}

/** The same symbol in every copy of the package, in whichever bundle it is. */
const brand = Symbol.for('metered-chat.DomainError');

/**
 * The one error that a use case refuses with. Switch on `code`; a mistake of the programmer is a TypeError instead.
 * Recognise it by `isDomainError`: `instanceof` fails if the package is loaded more than once.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  // Not a declared member: one that a symbol names would make the types of two copies differ.
  static {
    Object.defineProperty(this.prototype, brand, { value: true });
  }

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options: ErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.details = details;
  }

  get kind(): ErrorKind {
    return errorKinds[this.code];
  }

  /** The same refusal with more details. */
  with(details: ErrorDetails): DomainError {
    return new DomainError(this.code, this.message, { ...this.details, ...details }, { cause: this });
  }
}

/**
 * Returns whether a caught value is a `DomainError`, of this copy of the package or of any other one that the process
 * has loaded (bundled twice, installed twice, reloaded).
 *
 * An error of a newer copy can have a code or kind that this copy does not know: give a `switch` a default.
 *
 * @param error What was caught; any value.
 * @returns True if it is a `DomainError`.
 * @example
 * ```ts
 * try {
 *   await core.chat.send({ userId, message: 'Hello' });
 * } catch (error) {
 *   if (!isDomainError(error)) throw error;
 *   console.log(error.code);
 * }
 * ```
 */
export function isDomainError(error: unknown): error is DomainError {
  return typeof error === 'object' && error !== null && brand in error;
}

/** Returns a `not_found` error for an object that does not exist or belongs to another account. */
export function notFound(object: 'account' | 'API key' | 'chat' | 'conversation' | 'session'): DomainError {
  return new DomainError('not_found', `There is no such ${object}.`);
}

/** Throws `invalid_input` naming each field that has faults; does nothing when none has. */
export function throwIfInvalid(faults: FieldErrors): void {
  const found = Object.entries(faults).filter(([, messages]) => messages.length > 0);
  if (found.length > 0) {
    throw new DomainError('invalid_input', 'Some of what was sent is not acceptable.', {
      fieldErrors: Object.fromEntries(found),
    });
  }
}
