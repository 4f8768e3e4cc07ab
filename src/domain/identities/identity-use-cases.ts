import type { Origin } from '../audit/audit-event.js';
import type { Caller } from '../auth/caller.js';
import type { Ports } from '../ports.js';
import { normalizeIds } from '../text.js';
import { finishLink, startLink } from './link-identity.js';
import { hasPassword, ownIdentities, unlinkIdentity } from './manage-identities.js';
import { finishProviderProof, startProviderProof } from './prove-by-provider.js';
import { finishProviderSignIn, startProviderSignIn } from './provider-sign-in.js';
import { providerSignOut } from './provider-sign-out.js';
import type { ProviderResponse } from './sign-in-attempt.js';

/** The use cases of sign-in by providers, as `core.identities` has them. */
export function identityUseCases(ports: Ports) {
  return {
    /** How people can sign in: by a password or not, and the providers in the order in which they were passed. */
    signInOptions: {
      password: ports.policy.passwordSignIn,
      providers: ports.identityProviders.map(({ id, name, issuer }) => ({ id, name, issuer })),
    },
    /** Begins a sign-in by a provider and returns its address. Rejects with `not_found` or `identity_provider_unavailable`. */
    startSignIn: (input: { providerId: string }) => startProviderSignIn(ports, input),
    /** Opens a session by the response of a provider; the first sign-in creates the account. Rejects with `sign_in_expired`, `invalid_identity`, `account_exists` or `invalid_credentials`, among others. */
    finishSignIn: (input: ProviderResponse & { origin: Origin }) => finishProviderSignIn(ports, input),
    /** Begins to add an identity to the caller's account. Rejects with `proof_required`, `not_found` or `identity_provider_unavailable`. */
    startLink: (input: { caller: Caller; providerId: string; origin: Origin }) => startLink(ports, input),
    /** Adds an identity to the caller's account by the response of a provider. Rejects with `sign_in_expired` or `identity_taken`, among others. */
    finishLink: (input: ProviderResponse & { caller: Caller; origin: Origin }) => finishLink(ports, input),
    /** Begins a proof of the caller's identity by a provider, which must ask them again. Rejects with `not_found` or `identity_provider_unavailable`. */
    startProof: (input: { caller: Caller; providerId: string }) => startProviderProof(ports, input),
    /** Records that the caller has proved their identity by a provider, for sensitive changes of the next 10 minutes. Rejects with `sign_in_expired` or `wrong_identity`, among others. */
    finishProof: (input: ProviderResponse & { caller: Caller }) => finishProviderProof(ports, input),
    /** Returns whether the caller has a password; false if they sign in by providers only. */
    hasPassword: (input: { caller: Caller }) => hasPassword(ports, input),
    /** Returns the identities of the caller, the oldest first. */
    list: (input: { caller: Caller }) => ownIdentities(ports, input),
    /** Removes an identity of the caller. Rejects with `proof_required`, `not_found` or `last_sign_in_method`. */
    unlink: async (input: { caller: Caller; identityId: string; origin: Origin }) =>
      unlinkIdentity(ports, normalizeIds(input)),
    /** Returns the address at which a person also signs out of their provider; null if there is none. */
    signOutAddress: (input: { providerId: string; hint: string | null }) => providerSignOut(ports, input),
  };
}
