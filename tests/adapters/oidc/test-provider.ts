import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { Provider, type Configuration } from 'oidc-provider';

/** A person at the provider. */
export interface Person {
  sub: string;
  email?: string;
  email_verified?: boolean;
  preferred_username?: string;
  groups?: string[];
}

/** An OpenID Connect provider on a loopback address, which signs in one person without asking. */
export interface TestProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who signs in next; null refuses. */
  person: Person | null;
  /** The subject in the user info, if it is another one than in the ID token. */
  userInfoSub: string | null;
  /** Changes the address with which a browser is sent back; null for nothing. */
  changeReturn: ((address: URL) => void) | null;
  /** Lets the client return to these addresses. */
  allow(redirectUris: readonly string[]): Promise<void>;
  /** Replaces the signing keys. */
  rotateKeys(): Promise<void>;
  /** How many people have signed out. */
  signedOut: number;
  /** How often a person was asked who they are. */
  asked: number;
  /** Stops listening; `start` begins again on the same port. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

const clientId = 'metered-chat';
const clientSecret = 'client-secret-of-the-test-provider';

async function newKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' };
}

/** Starts a provider whose client may return to these addresses. */
export async function startTestProvider(allowed: readonly string[] = []): Promise<TestProvider> {
  let redirectUris = allowed;
  const people = new Map<string, Person>();
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  let provider: Provider;
  let keys = 0;
  const server: Server = createServer((request, response) => {
    const setHeader = response.setHeader.bind(response);
    response.setHeader = (name, value) =>
      setHeader(name, /^location$/i.test(name) ? returnedTo(String(value)) : value);
    if (request.url?.startsWith('/interaction/') === true) void interact(request, response);
    else if (request.url === '/me' && test.userInfoSub !== null) {
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ sub: test.userInfoSub }));
    } else handle(request, response);
  });
  const returnedTo = (location: string) => {
    if (!redirectUris.some((uri) => location.startsWith(`${uri}?`))) return location;
    const address = new URL(location);
    test.changeReturn?.(address);
    return address.href;
  };
  const listen = (port: number) =>
    new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;

  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { person } = test;
    test.asked += 1;
    await provider.interactionDetails(request, response);
    if (person !== null) people.set(person.sub, person);
    const result = person === null ? { error: 'access_denied' } : { login: { accountId: person.sub } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  async function rotateKeys(): Promise<void> {
    keys += 1;
    provider = new Provider(issuer, configuration(await newKey(`key-${keys}`)));
    provider.on('end_session.success', () => {
      test.signedOut += 1;
    });
    const callback = provider.callback();
    handle = (request, response) => void callback(request, response);
  }

  function configuration(key: JWK): Configuration {
    return {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          token_endpoint_auth_method: 'client_secret_post',
          require_auth_time: true,
          redirect_uris: [...redirectUris],
          post_logout_redirect_uris: [...new Set(redirectUris.map((uri) => `${new URL(uri).origin}/`))],
        },
      ],
      jwks: { keys: [key] as NonNullable<Configuration['jwks']>['keys'] },
      cookies: { keys: ['cookies of a test'] },
      scopes: ['openid', 'email', 'profile', 'groups'],
      claims: {
        openid: ['sub'],
        email: ['email', 'email_verified'],
        profile: ['preferred_username', 'name'],
        groups: ['groups'],
      },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, accountId) => ({
        accountId,
        claims: () => ({ ...people.get(accountId), sub: accountId }),
      }),
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({
          clientId,
          ...(oidc.session?.accountId === undefined ? {} : { accountId: oidc.session.accountId }),
        });
        grant.addOIDCScope('openid email profile groups');
        await grant.save();
        return grant;
      },
    };
  }

  const test: TestProvider = {
    issuer,
    clientId,
    clientSecret,
    person: null,
    userInfoSub: null,
    changeReturn: null,
    signedOut: 0,
    asked: 0,
    rotateKeys,
    allow: (uris) => {
      redirectUris = uris;
      return rotateKeys();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
    start: () => listen(port),
  };
  await rotateKeys();
  return test;
}
