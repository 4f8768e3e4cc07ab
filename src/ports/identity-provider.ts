import type { GroupRight } from '../domain/identities/group-rights.js';
import type { IdentityName } from '../domain/identities/identity.js';

/** The values that protect one sign-in. They are 64 hexadecimal digits, and appear nowhere else. */
export interface SignInSecrets {
  /** Returned by the provider with its response (RFC 6749, 10.12). */
  state: string;
  /** Returned by the provider in the ID token. */
  nonce: string;
  /** The verifier of PKCE (RFC 7636); the provider gets its SHA-256 first. */
  codeVerifier: string;
}

/** What a provider states about a person who has signed in. */
export interface ProviderClaims extends IdentityName {
  /** The email of the person; null if there is none. */
  email: string | null;
  /** True only if the provider says that it has verified the email. */
  emailVerified: boolean;
  /** The name that the person has chosen at the provider; null if there is none. */
  preferredName: string | null;
  /** The groups of the person; empty if the provider says nothing about groups. */
  groups: readonly string[];
  /** What the provider wants to see again when the person signs out, such as the ID token; null for nothing. */
  signOutHint: string | null;
  /** When the person last proved to the provider who they are; null if the provider does not say it. */
  authenticatedAt: Date | null;
}

/** A provider of identities, such as an OpenID Connect provider. */
export interface IdentityProvider {
  /** Names the provider in paths: 1 to 40 lower-case letters, digits and hyphens. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** The issuer of every identity that `finish` returns. */
  readonly issuer: string;
  /** What the members of its groups get at each sign-in; empty if groups give nothing. */
  readonly rights: readonly GroupRight[];
  /**
   * Returns the address at which a person signs in; the provider then sends their browser to `redirectUri`. Rejects with
   * `identity_provider_unavailable` if the provider cannot be reached.
   *
   * @param request.asksAgain True if the provider must ask the person for their password or the like, although they are signed
   * in there.
   */
  start(request: SignInSecrets & { redirectUri: string; asksAgain: boolean }): Promise<string>;
  /**
   * Returns what the provider states, once its response is verified: state, nonce, PKCE, issuer, audience, signature and
   * expiry. Rejects with `sign_in_refused` if the provider or the person refused, `invalid_identity` if the response is not
   * one of this provider to this sign-in, and `identity_provider_unavailable` if the provider cannot be reached.
   *
   * @param response.parameters The query with which the provider sent the browser to `redirectUri`.
   */
  finish(
    response: SignInSecrets & { redirectUri: string; parameters: Readonly<Record<string, string>> },
  ): Promise<ProviderClaims>;
  /**
   * Returns the address at which a person signs out of the provider, which then sends the browser to `returnTo`; null if the
   * provider has no such address. Rejects with `identity_provider_unavailable` if it cannot be reached.
   */
  signOutAddress(request: { hint: string | null; returnTo: string }): Promise<string | null>;
}
