import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { PasskeyCredential } from '../../ports/passkey-store.js';
import type { NamedPasskey, PasskeyVerifier, WebAuthnJson } from '../../ports/passkey-verifier.js';

// Loaded with the first passkey: it takes time and memory that a service without passkeys does not need.
const webauthn = () => import('@simplewebauthn/server');

/** How long a browser waits for an authenticator. */
const timeoutMs = 5 * 60 * 1000;

/** Of every algorithm that authenticators use, those that all of them support: ES256, RS256 and EdDSA. */
const algorithms = [-7, -8, -257];

/** The longest credential id, in characters of base64url: 1,023 bytes (WebAuthn Level 3). */
const maxCredentialIdChars = 1364;

/**
 * Passkeys of one site, by SimpleWebAuthn.
 *
 * @param publicUrl The URL at which people reach the site. Its host is what passkeys are bound to.
 */
export function simpleWebAuthn(publicUrl: string): PasskeyVerifier {
  return {
    creationOptions: async ({ userId, username, challenge, existing }) =>
      asJson(
        await (
          await webauthn()
        ).generateRegistrationOptions({
          rpName: new URL(publicUrl).host,
          rpID: new URL(publicUrl).hostname,
          userName: username,
          userID: new TextEncoder().encode(userId),
          challenge: bytesOf(challenge),
          timeout: timeoutMs,
          excludeCredentials: existing.map(idAndTransports),
          authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
          supportedAlgorithmIDs: algorithms,
        }),
      ),
    requestOptions: async ({ challenge, allowed, verifiesUser }) =>
      asJson(
        await (
          await webauthn()
        ).generateAuthenticationOptions({
          rpID: new URL(publicUrl).hostname,
          challenge: bytesOf(challenge),
          timeout: timeoutMs,
          userVerification: verifiesUser ? 'required' : 'preferred',
          ...(allowed === null ? {} : { allowCredentials: allowed.map(idAndTransports) }),
        }),
      ),
    read,
    async verifyCreation(response, challenge) {
      const { verifyRegistrationResponse } = await webauthn();
      const verified = await verifyRegistrationResponse({
        response: response as unknown as RegistrationResponseJSON,
        expectedChallenge: challenge,
        ...expectedOf(publicUrl),
        requireUserVerification: false,
        supportedAlgorithmIDs: algorithms,
      }).catch(nullIfInvalid);
      if (verified?.verified !== true) return null;
      const { credential, credentialBackedUp } = verified.registrationInfo;
      return {
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        transports: knownTransports(credential.transports ?? []),
        isBackedUp: credentialBackedUp,
      };
    },
    async verifyUse({ response, challenge, credential, verifiesUser }) {
      const { verifyAuthenticationResponse } = await webauthn();
      const verified = await verifyAuthenticationResponse({
        response: response as unknown as AuthenticationResponseJSON,
        expectedChallenge: challenge,
        ...expectedOf(publicUrl),
        credential: {
          id: credential.credentialId,
          publicKey: bytesOf(credential.publicKey),
          // The library would throw for a counter that is too low, as it does for a wrong signature.
          counter: 0,
        },
        requireUserVerification: verifiesUser,
      }).catch(nullIfInvalid);
      if (verified?.verified !== true) return null;
      const { newCounter, credentialBackedUp } = verified.authenticationInfo;
      return { counter: newCounter, isBackedUp: credentialBackedUp };
    },
  };
}

/** Commands, which use no passkeys, have no public URL. */
function expectedOf(publicUrl: string) {
  const { hostname, origin } = new URL(publicUrl);
  return { expectedOrigin: origin, expectedRPID: hostname };
}

/** What the library throws is about the response: it is no error of this program. */
function nullIfInvalid(): null {
  return null;
}

function read(response: WebAuthnJson): NamedPasskey | null {
  const { id: credentialId, response: inner } = response;
  if (typeof credentialId !== 'string' || credentialId.length > maxCredentialIdChars) return null;
  if (typeof inner !== 'object' || inner === null || !('clientDataJSON' in inner)) return null;
  const challenge = challengeOf(inner.clientDataJSON);
  if (challenge === null) return null;
  const userHandle = 'userHandle' in inner ? inner.userHandle : null;
  return { challenge, credentialId, userId: typeof userHandle === 'string' ? userIdOf(userHandle) : null };
}

function challengeOf(clientData: unknown): string | null {
  if (typeof clientData !== 'string') return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(clientData, 'base64url').toString('utf8'));
    if (typeof parsed !== 'object' || parsed === null || !('challenge' in parsed)) return null;
    return typeof parsed.challenge === 'string' ? parsed.challenge : null;
  } catch {
    return null;
  }
}

/** The id of a user that `creationOptions` was called with; null for anything else. */
function userIdOf(userHandle: string): string | null {
  const text = Buffer.from(userHandle, 'base64url').toString('utf8');
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : null;
}

function idAndTransports({ credentialId, transports }: PasskeyCredential) {
  return { id: credentialId, transports: knownTransports(transports) };
}

const everyTransport: readonly string[] = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

function knownTransports(transports: readonly string[]): AuthenticatorTransport[] {
  return transports.filter((transport): transport is AuthenticatorTransport =>
    everyTransport.includes(transport),
  );
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64url, 'base64url'));
}

function asJson(options: object): WebAuthnJson {
  return { ...options };
}
