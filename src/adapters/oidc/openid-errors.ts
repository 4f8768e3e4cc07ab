import { DomainError } from '../../domain/errors.js';
import type { Log } from '../../ports/log.js';

interface FailedProvider {
  id: string;
  name: string;
  log?: Pick<Log, 'warn'>;
}

const retryAfterSeconds = 5;

/** Codes of the library for a provider that cannot be reached, or whose response is not one of such a provider. */
const outages: ReadonlySet<string> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
]);

/** Returns the error of a provider that cannot be reached, whatever the reason. */
export function unavailable(error: unknown, provider: FailedProvider): DomainError {
  logFailure(error, provider, 'the identity provider cannot be used');
  return new DomainError(
    'identity_provider_unavailable',
    `${provider.name} cannot be reached. Try again later.`,
    { retryAfterSeconds },
  );
}

/** Returns the error for a failure to finish a sign-in. What the library says is written to the log only. */
export function openIdError(error: unknown, provider: FailedProvider): DomainError {
  if (isOutage(error)) return unavailable(error, provider);
  const refusal = codeOf(error) === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR';
  logFailure(
    error,
    provider,
    refusal ? 'the identity provider refused a sign-in' : 'a sign-in could not be verified',
  );
  return refusal
    ? new DomainError(
        'sign_in_refused',
        `${provider.name} did not sign you in. Start again, and allow it there.`,
      )
    : new DomainError(
        'invalid_identity',
        `The response of ${provider.name} could not be verified. Start again.`,
      );
}

/** The network fails with a TypeError of `fetch`; a server that fails responds with a status of 500 or more. */
function isOutage(error: unknown): boolean {
  const isNetworkFailure = error instanceof TypeError && error.message === 'fetch failed';
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 0;
  return isNetworkFailure || status >= 500 || outages.has(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Without the cause, which can contain tokens. */
function logFailure(error: unknown, { id, log }: FailedProvider, message: string): void {
  const { error: reason } = error as { error?: unknown };
  log?.warn(
    {
      provider: id,
      code: codeOf(error),
      error: error instanceof Error ? error.message : 'unknown',
      ...(typeof reason === 'string' ? { reason } : {}),
    },
    message,
  );
}
