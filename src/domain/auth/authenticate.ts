import type { ApiKeyStore } from '../../ports/api-key-store.js';
import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { Secrets } from '../../ports/secrets.js';
import { DomainError } from '../errors.js';
import { readAuthToken } from './auth-token.js';
import type { Caller } from './caller.js';

export interface AuthenticateNeeds {
  authTokenStore: Pick<AuthTokenStore, 'findCaller'>;
  apiKeyStore: Pick<ApiKeyStore, 'findCaller'>;
  secrets: Secrets;
}

/**
 * Who presents this secret, an access token or an API key. Refuses with `unauthenticated`; asks one store once, and
 * only for what can be ours.
 */
export async function authenticate(needs: AuthenticateNeeds, secret: string): Promise<Caller> {
  const presented = readAuthToken(needs.secrets, ['access', 'api_key'], secret);
  const store = presented?.kind === 'api_key' ? needs.apiKeyStore : needs.authTokenStore;
  const caller = presented === null ? null : await store.findCaller(presented);
  if (caller === null) throw new DomainError('unauthenticated', 'This access token is not valid.');
  return caller;
}
