import type * as OpenIdClient from 'openid-client';
import type { GroupRight } from '../../domain/identities/group-rights.js';
import type { IdentityProvider } from '../../ports/identity-provider.js';
import type { Log } from '../../ports/log.js';
import { claimsOf } from './claims.js';
import { openIdError, unavailable } from './openid-errors.js';

/** How the program proves to the provider which client it is. */
export type ClientAuthentication = 'client_secret_post' | 'client_secret_basic';

/**
 * An OpenID Connect provider, and how it knows this program.
 *
 * @example
 * ```ts
 * import type { OpenIdOptions } from 'metered-chat/oidc';
 *
 * const school: OpenIdOptions = {
 *   id: 'school',
 *   name: 'School',
 *   issuer: 'https://login.example.org',
 *   clientId: 'metered-chat',
 *   clientSecret: null,
 * };
 * ```
 */
export interface OpenIdOptions {
  /** Names the provider in paths: 1 to 40 lower-case letters, digits and hyphens. */
  id: string;
  /** What people call it. */
  name: string;
  /** Its issuer: HTTPS, or HTTP on a loopback address. The discovery document is below it. */
  issuer: string;
  clientId: string;
  /** Null for a public client, which has PKCE only. */
  clientSecret: string | null;
  /** How the secret is sent; `client_secret_post` by default. */
  clientAuthentication?: ClientAuthentication;
  /** The scopes to request, separated by spaces; `openid email profile` by default. */
  scopes?: string;
  /** The claim that contains the groups, such as `groups` or `realm_access.roles`; null or absent for none. */
  groupsClaim?: string | null;
  /** What the members of its groups get. */
  rights?: readonly GroupRight[];
  /** How long each request to the provider may take, in milliseconds; 5 seconds by default. */
  timeoutMs?: number;
  /** Where the reasons of failures are written. */
  log?: Pick<Log, 'warn'>;
}

const defaultTimeoutMs = 5000;

/** The scopes that are requested by default. */
export const defaultScopes = 'openid email profile';

/**
 * Returns an OpenID Connect provider: authorization code with PKCE, state and nonce. The discovery document and the keys are read
 * at each sign-in, so that rotated keys and an outage are noticed at once. The ID token's signature, issuer, audience, nonce and
 * expiry are verified, and so is the issuer in the response if the provider sends it (RFC 9207).
 *
 * @param options The provider, and the client that is registered there with the redirect URI `<publicUrl>/sign-in/callback/<id>`.
 * @returns A provider to pass to `createCore` in `identityProviders`.
 * @example
 * ```ts
 * import { createCore, type CorePorts } from 'metered-chat';
 * import { openIdProvider } from 'metered-chat/oidc';
 *
 * declare const ports: CorePorts;
 * const school = openIdProvider({
 *   id: 'school',
 *   name: 'School',
 *   issuer: 'https://login.example.org',
 *   clientId: 'metered-chat',
 *   clientSecret: 'the secret of the client',
 *   groupsClaim: 'groups',
 *   rights: [{ group: 'staff', role: 'admin' }],
 * });
 * const core = createCore({ ...ports, identityProviders: [school] });
 * ```
 */
export function openIdProvider(options: OpenIdOptions): IdentityProvider {
  const { id, name, groupsClaim = null, rights = [] } = options;
  // The library accepts a provider that writes its issuer with a slash at its end, or without.
  const issuer = options.issuer.replace(/\/$/, '');
  const connect = () => discover(options);
  const connectForStart = coalesce(connect);
  const fail = (error: unknown) => openIdError(error, options);
  return {
    id,
    name,
    issuer,
    rights,
    async start({ redirectUri, state, nonce, codeVerifier, asksAgain }) {
      const { library, config } = await connectForStart();
      const address = library.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: options.scopes ?? defaultScopes,
        state,
        nonce,
        code_challenge: await library.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        // The provider must then also state `auth_time` (OpenID Connect Core 1.0, 3.1.2.1).
        ...(asksAgain ? { max_age: '0' } : {}),
      });
      return address.href;
    },
    async finish({ redirectUri, parameters, state, nonce, codeVerifier }) {
      const { library, config } = await connect();
      const responseUrl = new URL(redirectUri);
      for (const [key, value] of Object.entries(parameters)) responseUrl.searchParams.set(key, value);
      try {
        const granted = await library.authorizationCodeGrant(config, responseUrl, {
          pkceCodeVerifier: codeVerifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        const idToken = granted.claims();
        if (idToken === undefined) throw new TypeError('There is no ID token.');
        // The subject of this response must be the one of the ID token.
        const userInfo =
          config.serverMetadata().userinfo_endpoint === undefined
            ? {}
            : await library.fetchUserInfo(config, granted.access_token, idToken.sub);
        const hint = granted.id_token ?? null;
        const ofToken = { signOutHint: hint, authTime: idToken.auth_time };
        return claimsOf({ ...idToken, ...userInfo }, { issuer, groupsClaim, ...ofToken });
      } catch (error) {
        throw fail(error);
      }
    },
    async signOutAddress({ hint, returnTo }) {
      const { library, config } = await connect();
      if (config.serverMetadata().end_session_endpoint === undefined) return null;
      return library.buildEndSessionUrl(config, {
        post_logout_redirect_uri: returnTo,
        ...(hint === null ? {} : { id_token_hint: hint }),
      }).href;
    },
  };
}

interface Connection {
  library: typeof OpenIdClient;
  config: OpenIdClient.Configuration;
}

/** The library marks it as deprecated as a warning. It is used for issuers on this machine only. */
interface LoopbackRequests {
  allowInsecureRequests: (config: OpenIdClient.Configuration) => void;
}

/** Reads the discovery document. Rejects with `identity_provider_unavailable`. */
async function discover(options: OpenIdOptions): Promise<Connection> {
  // A server without such a provider does not load the library.
  const library = await import('openid-client');
  const issuer = new URL(options.issuer);
  const execute = [library.enableNonRepudiationChecks];
  const loopback: LoopbackRequests = library;
  if (issuer.protocol === 'http:') execute.push(loopback.allowInsecureRequests);
  try {
    const config = await library.discovery(issuer, options.clientId, {}, authenticationOf(library, options), {
      execute,
      timeout: (options.timeoutMs ?? defaultTimeoutMs) / 1000,
    });
    return { library, config };
  } catch (error) {
    throw unavailable(error, options);
  }
}

function authenticationOf(
  library: typeof OpenIdClient,
  { clientSecret, clientAuthentication }: OpenIdOptions,
): OpenIdClient.ClientAuth {
  if (clientSecret === null) return library.None();
  return clientAuthentication === 'client_secret_basic'
    ? library.ClientSecretBasic(clientSecret)
    : library.ClientSecretPost(clientSecret);
}

/** Returns a function whose concurrent calls share one call of `work`, so that many sign-ins at once are one request. */
function coalesce<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | null = null;
  return () => {
    running ??= work().finally(() => {
      running = null;
    });
    return running;
  };
}
