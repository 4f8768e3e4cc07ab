import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type { SignInChallenge } from './factor-sign-in.js';
import { Problem } from './problem.js';
import { openSession, request } from './request.js';

/** Whether this page can use passkeys: only with HTTPS or on localhost, and not at an IP address, which they cannot be bound to. */
export function hasPasskeys(): boolean {
  return 'PublicKeyCredential' in globalThis && !/^[\d.]+$|^\[/.test(location.hostname);
}

/** Uses a passkey for the options at `path`. Returns its response. Rejects with a `Problem`, also if the user cancels. */
export async function usePasskey(path: string, body?: object): Promise<object> {
  const options = await readOptions<PublicKeyCredentialRequestOptionsJSON>(path, body);
  const { startAuthentication } = await import('@simplewebauthn/browser');
  return withProblem(startAuthentication({ optionsJSON: options }));
}

/** Creates a passkey for the options at `path`. Returns the response of the authenticator. Rejects with a `Problem`. */
export async function createPasskey(path: string, body?: object): Promise<object> {
  const options = await readOptions<PublicKeyCredentialCreationOptionsJSON>(path, body);
  const { startRegistration } = await import('@simplewebauthn/browser');
  return withProblem(startRegistration({ optionsJSON: options }));
}

/** Uses a passkey as the second factor of a sign-in. */
export function usePasskeyAtSignIn({ secret }: SignInChallenge): Promise<object> {
  return usePasskey('/api/login/passkey/options/', { challenge: secret });
}

/** Opens a session by a passkey, without a name. Rejects with a `Problem`. */
export async function signInByPasskey(): Promise<void> {
  const passkey = await usePasskey('/api/login/passkey/options/', {});
  await openSession('/api/login/passkey/', { passkey });
}

async function readOptions<Options>(path: string, body?: object): Promise<Options> {
  const response = await request(path, { method: 'POST', ...(body === undefined ? {} : { body }) });
  return (await response.json()) as Options;
}

async function withProblem(ceremony: Promise<object>): Promise<object> {
  try {
    return await ceremony;
  } catch (error) {
    // The authenticator has one of the passkeys that the server has excluded.
    const isKnown = error instanceof Error && error.name === 'InvalidStateError';
    throw new Problem(0, { code: isKnown ? 'passkey_exists' : 'passkey_cancelled' });
  }
}
