import { DomainError, type ErrorCode } from '../../../src/domain/errors.js';
import type { StartedSignIn } from '../../../src/domain/identities/sign-in-attempt.js';
import type { IdentityProvider, ProviderClaims } from '../../../src/ports/identity-provider.js';

type StatedClaims = Partial<Omit<ProviderClaims, 'authenticatedAt'> & { authenticatedAt: string | null }>;

/** A provider in memory, which has just asked the person and states the claims that the response has as JSON in `code`, or rejects with the code in `error`. */
export function fakeProvider(overrides: Partial<IdentityProvider> = {}): IdentityProvider {
  const issuer = overrides.issuer ?? 'https://login.example.org';
  return {
    id: 'school',
    name: 'School',
    issuer,
    rights: [],
    start: ({ state, asksAgain }) =>
      Promise.resolve(`${issuer}/authorize?state=${state}${asksAgain ? '&max_age=0' : ''}`),
    finish: ({ parameters }) => {
      const { error, code = '{}' } = parameters;
      if (error !== undefined)
        return Promise.reject(new DomainError(error as ErrorCode, 'The provider failed.'));
      const { authenticatedAt = new Date().toISOString(), ...claims } = JSON.parse(code) as StatedClaims;
      return Promise.resolve({
        issuer,
        ...{ subject: '', email: null, emailVerified: false, preferredName: null },
        ...{ groups: [], signOutHint: null },
        authenticatedAt: authenticatedAt === null ? null : new Date(authenticatedAt),
        ...claims,
      });
    },
    signOutAddress: ({ returnTo, hint }) =>
      Promise.resolve(`${issuer}/logout?return=${returnTo}${hint === null ? '' : `&hint=${hint}`}`),
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
