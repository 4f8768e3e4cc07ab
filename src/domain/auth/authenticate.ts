import type { AuthTokenStore, Caller } from '../../ports/auth-token-store.js';
import type { Secrets } from '../../ports/secrets.js';
import { DomainError } from '../errors.js';
import { readAuthToken } from './auth-token.js';

export interface AuthenticateNeeds {
  authTokenStore: Pick<AuthTokenStore, 'findCaller'>;
  secrets: Secrets;
}

/** Who presents this secret. Refuses with `unauthenticated`; asks the store once, and only for what can be ours. */
export async function authenticate(needs: AuthenticateNeeds, secret: string): Promise<Caller> {
  const authToken = readAuthToken(needs.secrets, 'access', secret);
  const caller = authToken === null ? null : await needs.authTokenStore.findCaller(authToken);
  if (caller === null) throw new DomainError('unauthenticated', 'This access token is not valid.');
  return caller;
}
