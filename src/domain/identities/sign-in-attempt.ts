import type { IdentityProvider, ProviderClaims, SignInSecrets } from '../../ports/identity-provider.js';
import type { Secrets } from '../../ports/secrets.js';
import type { SignInAttempt, SignInAttemptStore } from '../../ports/sign-in-attempt-store.js';
import { DomainError, notFound } from '../errors.js';
import type { Policy } from '../policy.js';
import { isIdentityName } from './identity.js';

export interface SignInAttemptDeps {
  identityProviders: readonly IdentityProvider[];
  signInAttemptStore: Pick<SignInAttemptStore, 'create' | 'consume'>;
  secrets: Secrets;
  policy: Pick<Policy, 'publicUrl'>;
}

/** How long a person may take to sign in at a provider. */
export const attemptTtlMs = 10 * 60_000;

/** What an attempt is for. It can be finished for nothing else. */
export type AttemptPurpose = 'sign_in' | 'link' | 'proof';

/** A sign-in that has begun. */
export interface StartedSignIn {
  /** Where the person signs in. */
  address: string;
  /** What the provider returns to the page, which finishes only the attempt with this state. */
  state: string;
  /** What the browser that began the sign-in must keep, and no other program may see. */
  browserSecret: string;
  expiresInMs: number;
}

/** The response of a provider, as a browser brings it. */
export interface ProviderResponse {
  providerId: string;
  /** What the browser has kept since the start. */
  browserSecret: string;
  /** The query with which the provider sent the browser back. */
  parameters: Readonly<Record<string, string>>;
}

/** Returns the provider with an id. Throws `not_found`. */
export function findProvider(
  { identityProviders }: Pick<SignInAttemptDeps, 'identityProviders'>,
  providerId: string,
): IdentityProvider {
  const provider = identityProviders.find(({ id }) => id === providerId);
  if (provider === undefined) throw notFound('provider');
  return provider;
}

/**
 * Begins a sign-in; for a proof, the provider must ask the person again. Everything that protects it follows from one secret of
 * the browser, so that the store holds only its digest, and a response of the provider is of no use in another browser. Rejects
 * with `not_found` or `identity_provider_unavailable`.
 */
export async function startAttempt(
  deps: SignInAttemptDeps,
  { purpose, providerId, userId }: SignInAttempt & { purpose: AttemptPurpose },
): Promise<StartedSignIn> {
  const provider = findProvider(deps, providerId);
  const browserSecret = deps.secrets.random();
  const derived = secretsOf(deps, browserSecret);
  const request = { redirectUri: redirectUri(deps, providerId), asksAgain: purpose === 'proof' };
  const address = await provider.start({ ...derived, ...request });
  const digest = attemptDigest(deps, purpose, browserSecret);
  await deps.signInAttemptStore.create({ providerId, userId, digest, ttlMs: attemptTtlMs });
  return { address, state: derived.state, browserSecret, expiresInMs: attemptTtlMs };
}

/**
 * Consumes an attempt and returns what the provider states. The attempt is used up whatever the provider says. Rejects with
 * `not_found`, `sign_in_expired`, or as `IdentityProvider.finish` does.
 *
 * @param begun What the attempt must have been begun for, and by which account; null for a sign-in.
 */
export async function finishAttempt(
  deps: SignInAttemptDeps,
  { providerId, browserSecret, parameters }: ProviderResponse,
  { purpose, userId }: { purpose: AttemptPurpose; userId: string | null },
): Promise<ProviderClaims> {
  const provider = findProvider(deps, providerId);
  const derived = secretsOf(deps, browserSecret);
  // A response to another attempt must not use up this one.
  if (parameters['state'] !== derived.state) throw signInExpired();
  const attempt = await deps.signInAttemptStore.consume(attemptDigest(deps, purpose, browserSecret));
  // A response of one provider to an attempt at another one mixes them up (RFC 9700, 4.4).
  if (attempt?.providerId !== providerId || attempt.userId !== userId) throw signInExpired();
  const response = { ...derived, redirectUri: redirectUri(deps, providerId), parameters };
  const claims = await provider.finish(response);
  if (claims.issuer !== provider.issuer || !isIdentityName(claims)) {
    throw new DomainError('invalid_identity', `The identity that ${provider.name} returned is not valid.`);
  }
  return claims;
}

/** Each provider has an address of its own, so that none can pass on the response of another (RFC 9700, 4.4.2.2). */
function redirectUri({ policy }: Pick<SignInAttemptDeps, 'policy'>, providerId: string): string {
  return `${policy.publicUrl}/sign-in/callback/${providerId}`;
}

function secretsOf({ secrets }: Pick<SignInAttemptDeps, 'secrets'>, browserSecret: string): SignInSecrets {
  const derive = (purpose: string) => secrets.digest(`${purpose}:${browserSecret}`);
  return { state: derive('state'), nonce: derive('nonce'), codeVerifier: derive('code_verifier') };
}

/** By this digest, an attempt is found only for its own purpose. */
function attemptDigest(
  { secrets }: Pick<SignInAttemptDeps, 'secrets'>,
  purpose: AttemptPurpose,
  browserSecret: string,
): string {
  return secrets.digest(`attempt:${purpose}:${browserSecret}`);
}

function signInExpired(): DomainError {
  return new DomainError(
    'sign_in_expired',
    'This sign-in has expired, was used already, or began in another browser. Start it again.',
  );
}
