import type { ApiKeyStore } from '../../ports/api-key-store.js';
import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { Secrets } from '../../ports/secrets.js';
import { DomainError } from '../errors.js';
import { parseAuthToken } from './auth-token.js';
import type { Caller } from './caller.js';
import { isImportedAuthToken } from './imported-auth-token.js';

export interface AuthenticateDeps {
  authTokenStore: Pick<AuthTokenStore, 'findCaller' | 'findImportedCaller'>;
  apiKeyStore: Pick<ApiKeyStore, 'findCaller'>;
  secrets: Secrets;
}

/**
 * Who presents this secret, an access token, also one of another system, or an API key. Refuses with `unauthenticated`; asks one store once, and
 * only for what can be ours.
 */
export async function authenticate(deps: AuthenticateDeps, secret: string): Promise<Caller> {
  const caller = await findCaller(deps, secret);
  if (caller === null) throw new DomainError('unauthenticated', 'This access token is not valid.');
  return caller;
}

function findCaller(deps: AuthenticateDeps, secret: string): Promise<Caller | null> | null {
  if (isImportedAuthToken(secret)) return deps.authTokenStore.findImportedCaller(deps.secrets.digest(secret));
  const presented = parseAuthToken(deps.secrets, ['access', 'api_key'], secret);
  if (presented === null) return null;
  return (presented.kind === 'api_key' ? deps.apiKeyStore : deps.authTokenStore).findCaller(presented);
}
