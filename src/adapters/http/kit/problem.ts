import * as v from 'valibot';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { namedSchema } from './openapi/named-schema.js';
import { capResponse, presentCap } from './cap.js';
import { limitHeaders } from './headers.js';
import { factorMethods, type SignInChallenge } from '../../../domain/factors/factor-method.js';
import {
  DomainError,
  errorKinds,
  type ErrorCode,
  type ErrorKind,
  type FieldErrors,
} from '../../../domain/errors.js';

const statuses = {
  invalid: 400,
  unauthenticated: 401,
  unaffordable: 402,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  mismatch: 422,
  limited: 429,
  upstream: 502,
  timeout: 504,
  unavailable: 503,
} as const satisfies Record<ErrorKind, ContentfulStatusCode>;

/** Codes that the API names differently: what the domain calls credits or an auth token, the API calls tokens. */
const apiCodes: Partial<Record<ErrorCode, string>> = {
  insufficient_credits: 'insufficient_tokens',
  invalid_auth_token: 'invalid_token',
};

/** Codes of this adapter, with their statuses. */
const ownStatuses = {
  malformed_url: 400,
  malformed_body: 400,
  not_found: 404,
  method_not_allowed: 405,
  body_too_large: 413,
  unsupported_media_type: 415,
  internal_error: 500,
  loopback_only: 403,
} as const satisfies Record<string, ContentfulStatusCode>;

/** A code of the API's problems. */
export type ProblemCode =
  | keyof typeof ownStatuses
  | Exclude<ErrorCode, 'insufficient_credits' | 'invalid_auth_token'>
  | 'insufficient_tokens'
  | 'invalid_token';

/** Statuses by the codes of the API's problems. */
export const problemStatuses: ReadonlyMap<string, ContentfulStatusCode> = new Map<
  string,
  ContentfulStatusCode
>([
  ...Object.entries(errorKinds).map(
    ([code, kind]) => [apiCodes[code as ErrorCode] ?? code, statuses[kind]] as const,
  ),
  ...Object.entries(ownStatuses),
]);

export const problemResponse = namedSchema(
  'Problem',
  v.object({
    type: v.string(),
    title: v.string(),
    status: v.pipe(v.number(), v.integer()),
    detail: v.string(),
    code: v.string(),
    errors: v.optional(v.record(v.string(), v.array(v.string()))),
    remaining_tokens: v.optional(v.pipe(v.number(), v.integer())),
    required_tokens: v.optional(v.pipe(v.number(), v.integer())),
    debt: v.optional(v.pipe(v.number(), v.integer())),
    challenge: v.optional(v.string()),
    expires_at: v.optional(v.pipe(v.string(), v.isoTimestamp())),
    methods: v.optional(v.array(v.picklist(factorMethods))),
    cap: v.optional(capResponse),
    affordable_output_tokens: v.optional(v.pipe(v.number(), v.integer())),
    request_id: v.optional(v.string()),
  }),
);

export const titles: Partial<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** A problem document (RFC 9457) before it is sent. */
export interface Problem {
  status: ContentfulStatusCode;
  code: string;
  detail: string;
  errors?: FieldErrors;
  /** Other members of the document. */
  members?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** False if the same request would fail again. */
  retryable?: boolean;
}

/** Errors are recognised by these and not by `instanceof`: an app can be mounted in another copy of the package. */
const problemBrand = Symbol.for('metered-chat.HttpProblem');
const clientDisconnectedBrand = Symbol.for('metered-chat.ClientDisconnected');

/** Thrown by this adapter for requests that do not reach the core. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly problem: Problem;

  static {
    Object.defineProperty(this.prototype, problemBrand, { value: true });
  }

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Thrown if the client has disconnected, so that there is no response. */
export class ClientDisconnected extends Error {
  override readonly name = 'ClientDisconnected';

  static {
    Object.defineProperty(this.prototype, clientDisconnectedBrand, { value: true });
  }
}

/** Returns whether a caught value is an `HttpProblem`, of any copy of the package. */
export function isHttpProblem(error: unknown): error is HttpProblem {
  return typeof error === 'object' && error !== null && problemBrand in error;
}

/** Returns whether a caught value is a `ClientDisconnected`, of any copy of the package. */
export function isClientDisconnected(error: unknown): error is ClientDisconnected {
  return typeof error === 'object' && error !== null && clientDisconnectedBrand in error;
}

/** Returns a problem as a document (RFC 9457). */
export function problemDocument({ status, code, detail, errors, members }: Problem) {
  return {
    type: `urn:metered-chat:problem:${code}`,
    title: titles[status] ?? 'Error',
    status,
    detail,
    code,
    ...(errors === undefined ? {} : { errors }),
    ...members,
  };
}

/**
 * Returns whether the API has a status for a domain error. An error of another copy of the package can be of a kind that this
 * copy does not know. An unknown code is passed on.
 */
export function hasStatus(error: DomainError): boolean {
  return Object.hasOwn(statuses, error.kind);
}

/** Returns the problem of a domain error. */
export function problemOf(error: DomainError): Problem {
  const {
    fieldErrors: faults,
    balance,
    required,
    debt,
    affordableOutputTokens,
    cap,
    challenge,
    limit,
    retryable,
  } = error.details;
  const status = statuses[error.kind];
  const retryAfterSeconds = error.details.retryAfterSeconds ?? defaultRetryAfter(status, retryable);
  const members = {
    ...(balance === undefined ? {} : { remaining_tokens: balance }),
    ...(required === undefined ? {} : { required_tokens: required }),
    ...(debt === undefined ? {} : { debt }),
    ...(challenge === undefined ? {} : presentChallenge(challenge)),
    ...(cap === undefined ? {} : { cap: presentCap(cap) }),
    ...(affordableOutputTokens === undefined ? {} : { affordable_output_tokens: affordableOutputTokens }),
  };
  return {
    status,
    code: apiCodes[error.code] ?? error.code,
    detail: error.message,
    ...(faults === undefined ? {} : { errors: faults }),
    members,
    ...(retryable === undefined ? {} : { retryable }),
    headers: {
      ...(limit === undefined ? {} : limitHeaders(limit)),
      ...(retryAfterSeconds === undefined ? {} : { 'Retry-After': String(Math.ceil(retryAfterSeconds)) }),
      ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
    },
  };
}

function presentChallenge({ secret, expiresAt, methods }: SignInChallenge) {
  return { challenge: secret, expires_at: expiresAt.toISOString(), methods: [...methods] };
}

/** A 429 or 503 always has `Retry-After`, unless a retry would fail again. */
function defaultRetryAfter(status: number, isRetryable = true): number | undefined {
  return isRetryable && (status === 429 || status === 503) ? 1 : undefined;
}

/** Returns a 400 that names invalid fields. */
export function invalidInput(errors: FieldErrors, detail = 'Some fields are invalid.'): HttpProblem {
  return new HttpProblem({ status: 400, code: 'invalid_input', detail, errors });
}

/** Returns the problem of a body that exceeds its limit. */
export function bodyTooLarge(maxBytes: number): HttpProblem {
  return new HttpProblem({
    status: 413,
    code: 'body_too_large',
    detail: `The body has more than ${maxBytes} bytes.`,
    headers: { Connection: 'close' },
  });
}
