import { DomainError, type ErrorCode } from '../../../src/domain/errors.js';
import type { StartedSignIn } from '../../../src/domain/identities/sign-in-attempt.js';
import type { IdentityProvider, ProviderClaims } from '../../../src/ports/identity-provider.js';

/** A provider in memory, which states the claims that the response has as JSON in `code`, or rejects with the code in `error`. */
export function fakeProvider(overrides: Partial<IdentityProvider> = {}): IdentityProvider {
  const issuer = overrides.issuer ?? 'https://login.example.org';
  return {
    id: 'school',
    name: 'School',
    issuer,
    rights: [],
    start: ({ state }) => Promise.resolve(`${issuer}/authorize?state=${state}`),
    finish: ({ parameters }) => {
      const { error, code = '{}' } = parameters;
      if (error !== undefined)
        return Promise.reject(new DomainError(error as ErrorCode, 'The provider failed.'));
      return Promise.resolve({
        issuer,
        ...{ subject: '', email: null, emailVerified: false, preferredName: null },
        ...{ groups: [], signOutHint: null },
        ...(JSON.parse(code) as Partial<ProviderClaims>),
      });
    },
    signOutAddress: ({ returnTo }) => Promise.resolve(`${issuer}/logout?return=${returnTo}`),
    ...overrides,
  };
}

/** The response of a fake provider, as the browser that began brings it. */
export function responseTo(
  { browserSecret, state }: StartedSignIn,
  claims: Partial<ProviderClaims>,
  providerId = 'school',
) {
  return { providerId, browserSecret, parameters: { state, code: JSON.stringify(claims) } };
}
