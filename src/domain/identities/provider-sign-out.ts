import type { IdentityProvider } from '../../ports/identity-provider.js';
import type { Log } from '../../ports/log.js';
import { isDomainError } from '../errors.js';
import type { Policy } from '../policy.js';

/**
 * Returns the address at which a person also signs out of their provider; null if there is none, or the provider cannot be
 * reached: the session here ends in any case.
 */
export async function providerSignOut(
  deps: {
    identityProviders: readonly IdentityProvider[];
    policy: Pick<Policy, 'publicUrl'>;
    log: Pick<Log, 'warn'>;
  },
  { providerId, hint }: { providerId: string; hint: string | null },
): Promise<string | null> {
  const provider = deps.identityProviders.find(({ id }) => id === providerId);
  if (provider === undefined) return null;
  try {
    return await provider.signOutAddress({ hint, returnTo: `${deps.policy.publicUrl}/` });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    deps.log.warn(
      { provider: providerId, error: error.message },
      'a user was not signed out of the provider',
    );
    return null;
  }
}
