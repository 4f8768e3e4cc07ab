import type { PasskeyVerifier, WebAuthnJson } from '../../../src/ports/passkey-verifier.js';
import { ask } from './requests.js';
import type { TestApi } from './test-api.js';

const textOf = (response: WebAuthnJson, name: string) => {
  const value = response[name];
  return typeof value === 'string' ? value : '';
};

/** Accepts the responses of `passkeyResponse`, without cryptography. */
export const fakePasskeys: PasskeyVerifier = {
  creationOptions: ({ challenge }) => Promise.resolve({ challenge }),
  requestOptions: ({ challenge }) => Promise.resolve({ challenge }),
  read: (response) => {
    const challenge = textOf(response, 'challenge');
    return challenge === '' ? null : { challenge, credentialId: textOf(response, 'id'), userId: null };
  },
  verifyCreation: (response) =>
    Promise.resolve({
      ...{ credentialId: textOf(response, 'id'), publicKey: 'key', counter: 0, transports: [] },
      isBackedUp: false,
    }),
  verifyUse: ({ response }) => Promise.resolve({ counter: Number(response['counter']), isBackedUp: false }),
};

/** The response of an authenticator to the options of a route, which are requested with `auth`. */
export async function passkeyResponse(
  api: TestApi,
  path: string,
  { id, auth, counter = 0, json }: { id: string; auth?: string; counter?: number; json?: object },
) {
  const { body } = await ask(api, 'POST', path, {
    ...(auth === undefined ? {} : { auth }),
    ...(json === undefined ? {} : { json }),
  });
  return { id, response: {}, challenge: String(body['challenge']), counter };
}

/** Adds a passkey to an account that has proved its identity. */
export async function addPasskey(api: TestApi, auth: string, id: string, name = id) {
  const passkey = await passkeyResponse(api, '/api/me/passkey/options/', { id, auth });
  return ask(api, 'POST', '/api/me/passkeys/', { auth, json: { name, passkey } });
}
