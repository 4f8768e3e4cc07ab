import type { SignInChallenge } from './factors/factor-method.js';
import type { LimitState } from './limits/rate-limits.js';
import type { CapState } from './metering/cap.js';

/** The kind of an error, which an adapter maps to a status. */
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
 * Every error code with its kind. New codes are added; none is renamed.
 *
 * @example
 * ```ts
 * import { errorKinds, type ErrorKind } from 'metered-chat';
 *
 * const statuses: Partial<Record<ErrorKind, number>> = { unaffordable: 402, limited: 429 };
 * console.log(statuses[errorKinds.insufficient_credits]); // 402
 * ```
 */
export const errorKinds = {
  invalid_input: 'invalid',
  model_not_found: 'invalid',
  unsupported_parameter: 'invalid',
  context_length_exceeded: 'invalid',
  content_filtered: 'invalid',
  invalid_auth_token: 'invalid',
  invalid_signature: 'invalid',
  sign_in_expired: 'invalid',
  invalid_identity: 'invalid',
  unauthenticated: 'unauthenticated',
  invalid_credentials: 'unauthenticated',
  second_factor_required: 'unauthenticated',
  factor_setup_required: 'unauthenticated',
  challenge_expired: 'unauthenticated',
  insufficient_credits: 'unaffordable',
  cap_reached: 'unaffordable',
  debt_outstanding: 'unaffordable',
  session_required: 'forbidden',
  admin_required: 'forbidden',
  insufficient_scope: 'forbidden',
  email_not_verified: 'forbidden',
  model_not_allowed: 'forbidden',
  wrong_password: 'forbidden',
  password_sign_in_off: 'forbidden',
  sign_in_refused: 'forbidden',
  wrong_identity: 'forbidden',
  wrong_code: 'forbidden',
  wrong_passkey: 'forbidden',
  proof_required: 'forbidden',
  not_found: 'missing',
  voucher_not_found: 'missing',
  username_taken: 'conflict',
  email_taken: 'conflict',
  account_exists: 'conflict',
  identity_taken: 'conflict',
  too_many_identities: 'conflict',
  last_sign_in_method: 'conflict',
  too_many_keys: 'conflict',
  too_many_passkeys: 'conflict',
  passkey_exists: 'conflict',
  totp_exists: 'conflict',
  last_factor: 'conflict',
  no_factor: 'conflict',
  too_many_caps: 'conflict',
  too_many_webhooks: 'conflict',
  last_admin: 'conflict',
  balance_out_of_range: 'conflict',
  idempotency_in_progress: 'conflict',
  voucher_ended: 'conflict',
  voucher_expired: 'conflict',
  voucher_exhausted: 'conflict',
  voucher_already_redeemed: 'conflict',
  hold_ended: 'conflict',
  package_limit_reached: 'conflict',
  not_refundable: 'conflict',
  payment_pending: 'conflict',
  reply_stopped: 'conflict',
  idempotency_key_reused: 'mismatch',
  rate_limited: 'limited',
  provider_busy: 'limited',
  provider_failed: 'upstream',
  payment_failed: 'upstream',
  provider_timeout: 'timeout',
  unavailable: 'unavailable',
  identity_provider_unavailable: 'unavailable',
  two_factors_unavailable: 'unavailable',
} as const satisfies Record<string, ErrorKind>;

/** The code of a `DomainError`. New codes are added; none is renamed. */
export type ErrorCode = keyof typeof errorKinds;

/** The problems of an input, by the name of the field. */
export type FieldErrors = Record<string, string[]>;

/** Facts about an error that a caller may show or act on; never secrets, message texts or SQL. */
export interface ErrorDetails {
  /** With `invalid_input`, the `_taken` codes, `unsupported_parameter` and `context_length_exceeded`. */
  fieldErrors?: FieldErrors;
  /** With `insufficient_credits` and `balance_out_of_range`: the balance, in credits. */
  balance?: number;
  /** With `insufficient_credits` and `cap_reached`: the credits that the message requires. */
  required?: number;
  /**
   * With `insufficient_credits`: the tokens of output that the balance covers; absent if the price does not depend on the
   * output.
   */
  affordableOutputTokens?: number;
  /** With `debt_outstanding`: what the account owes, in credits. */
  debt?: number;
  /** With `cap_reached`: the cap, what is left in its window, and when that ends. */
  cap?: CapState;
  /** With `rate_limited`, wrong passwords and wrong vouchers: the limit with the fewest uses left. */
  limit?: LimitState;
  /** With `second_factor_required` and `factor_setup_required`: the challenge with which the sign-in goes on. */
  challenge?: SignInChallenge;
  /** With the same, after a sign-in by a provider: the `signOutHint` for when the session ends. */
  signOutHint?: string;
  /** With `idempotency_in_progress`, `rate_limited`, `unavailable`, `provider_busy`, `provider_failed`: when to retry, in
   * seconds, perhaps with a fraction. */
  retryAfterSeconds?: number;
  /** With `provider_failed`: false if a retry of the same request would fail again. */
  retryable?: boolean;
}

/** The same symbol in every copy of the package. */
const brand = Symbol.for('metered-chat.DomainError');

/**
 * The error that use cases reject with. Switch on `code`. A mistake of the programmer is a TypeError instead. Recognise it by
 * `isDomainError`: `instanceof` fails if the package is loaded more than once.
 *
 * @example
 * ```ts
 * import { DomainError } from 'metered-chat';
 *
 * // An adapter of your own rejects with the codes that its port documents.
 * throw new DomainError('provider_busy', 'The model is busy.', { retryAfterSeconds: 2 });
 * ```
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  // Not a declared member: a member with a symbol as its name would make the types of two copies incompatible.
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

  /** Returns the same error with more details. */
  with(details: ErrorDetails): DomainError {
    return new DomainError(this.code, this.message, { ...this.details, ...details }, { cause: this });
  }
}

/**
 * Returns whether a caught value is a `DomainError`, of this copy of the package or of any other one that the process
 * has loaded (bundled twice, installed twice, reloaded).
 *
 * An error of a newer copy can have a code or kind that this copy does not know: a `switch` must have a default.
 *
 * @param error What was caught; any value.
 * @returns True if it is a `DomainError`.
 * @example
 * ```ts
 * import { isDomainError } from 'metered-chat';
 *
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
export function notFound(
  object:
    | 'account'
    | 'API key'
    | 'attachment'
    | 'audit event'
    | 'batch of vouchers'
    | 'cap'
    | 'chat'
    | 'conversation'
    | 'hold'
    | 'identity'
    | 'order'
    | 'package'
    | 'provider'
    | 'passkey'
    | 'second factor'
    | 'service key'
    | 'session'
    | 'webhook delivery'
    | 'webhook endpoint',
): DomainError {
  return new DomainError('not_found', `There is no such ${object}.`);
}

/** Returns an `invalid_input` error with the problems of fields. */
export function invalidInput(fieldErrors: FieldErrors): DomainError {
  return new DomainError('invalid_input', 'Some fields are invalid.', { fieldErrors });
}

/** Throws `invalid_input` with the fields that have problems; does nothing if none has. */
export function throwIfInvalid(fieldErrors: FieldErrors): void {
  const found = Object.entries(fieldErrors).filter(([, messages]) => messages.length > 0);
  if (found.length > 0) throw invalidInput(Object.fromEntries(found));
}
