import type { ChallengeStore } from '../../ports/challenge-store.js';
import type { PasskeyStore } from '../../ports/passkey-store.js';
import type { PasskeyVerifier, WebAuthnJson } from '../../ports/passkey-verifier.js';
import type { Secrets } from '../../ports/secrets.js';

/** How long an authenticator may take. */
export const passkeyChallengeTtlMs = 5 * 60 * 1000;

export interface RequestPasskeyDeps {
  challengeStore: Pick<ChallengeStore, 'issue'>;
  passkeyStore: Pick<PasskeyStore, 'passkeys'>;
  passkeyVerifier: Pick<PasskeyVerifier, 'requestOptions'>;
  secrets: Secrets;
}

/**
 * Returns the options with which a browser uses a passkey, with a new challenge.
 *
 * @param request.userId The account whose passkeys can be used; null for a sign-in without a name.
 */
export async function requestPasskey(
  deps: RequestPasskeyDeps,
  request: { purpose: 'passkey_sign_in' | 'passkey_factor' | 'passkey_proof'; userId: string | null },
): Promise<WebAuthnJson> {
  const { purpose, userId } = request;
  const allowed = userId === null ? null : await deps.passkeyStore.passkeys(userId);
  const challenge = deps.secrets.random();
  const digest = deps.secrets.digest(challenge);
  const ttlMs = passkeyChallengeTtlMs;
  await deps.challengeStore.issue({ digest, purpose, userId, passwordVersion: null, ttlMs });
  const verifiesUser = purpose === 'passkey_sign_in';
  return deps.passkeyVerifier.requestOptions({ challenge, allowed, verifiesUser });
}
