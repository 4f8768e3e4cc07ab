import type { ApiKeyStore } from '../../ports/api-key-store.js';
import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { Secrets } from '../../ports/secrets.js';
import type { ServiceKeyStore } from '../../ports/service-key-store.js';
import { DomainError } from '../errors.js';
import { parseAuthToken, isImportedAuthToken, parseServiceSecret } from './auth-token.js';
import type { Caller, IdentifiedCaller } from './caller.js';

export interface AuthenticateDeps {
  authTokenStore: Pick<AuthTokenStore, 'findCaller' | 'findImportedCaller'>;
  apiKeyStore: Pick<ApiKeyStore, 'findCaller'>;
  secrets: Secrets;
}

/**
 * Returns the caller of an access token or API key; an imported access token of another system counts as well. Makes at most
 * one query, and none for a malformed secret. Rejects with `unauthenticated`.
 */
export async function authenticate(deps: AuthenticateDeps, secret: string): Promise<Caller> {
  const caller = await findCaller(deps, secret);
  if (caller === null) throw unauthenticated();
  return caller;
}

/**
 * Returns the caller of an access token, API key or service key. Makes at most one query, and none for a malformed secret.
 * Rejects with `unauthenticated`.
 */
export async function identify(
  deps: AuthenticateDeps & { serviceKeyStore: Pick<ServiceKeyStore, 'findCaller'> },
  secret: string,
): Promise<IdentifiedCaller> {
  const serviceKey = parseServiceSecret(deps.secrets, secret);
  if (serviceKey === null) return authenticate(deps, secret);
  const caller = await deps.serviceKeyStore.findCaller(serviceKey);
  if (caller === null) throw unauthenticated();
  return caller;
}

function unauthenticated(): DomainError {
  return new DomainError('unauthenticated', 'This access token is not valid.');
}

function findCaller(deps: AuthenticateDeps, secret: string): Promise<Caller | null> | null {
  if (isImportedAuthToken(secret)) return deps.authTokenStore.findImportedCaller(deps.secrets.digest(secret));
  const presented = parseAuthToken(deps.secrets, ['access', 'api_key'], secret);
  if (presented === null) return null;
  return (presented.kind === 'api_key' ? deps.apiKeyStore : deps.authTokenStore).findCaller(presented);
}
