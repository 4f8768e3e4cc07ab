import type { ChallengeStore } from '../../ports/challenge-store.js';
import type { PasskeyStore } from '../../ports/passkey-store.js';
import type { PasskeyVerifier, WebAuthnJson } from '../../ports/passkey-verifier.js';
import type { Secrets } from '../../ports/secrets.js';

export interface UsePasskeyDeps {
  passkeyStore: Pick<PasskeyStore, 'passkeys' | 'use'>;
  passkeyVerifier: Pick<PasskeyVerifier, 'read' | 'verifyUse'>;
  challengeStore: Pick<ChallengeStore, 'consume'>;
  secrets: Pick<Secrets, 'digest'>;
}

/**
 * Verifies the response of an authenticator, whose challenge is used up by it. Returns the account of the passkey; null if it
 * was not accepted: the challenge, the signature or the counter is wrong, or the passkey is not one of the account.
 *
 * @param input.userId The account that must have the passkey; null for a sign-in without a name: then the passkey says whose
 * it is.
 */
export async function usePasskey(
  deps: UsePasskeyDeps,
  input: {
    response: WebAuthnJson;
    purpose: 'passkey_sign_in' | 'passkey_factor' | 'passkey_proof';
    userId: string | null;
  },
): Promise<{ userId: string } | null> {
  const { response, purpose } = input;
  const named = deps.passkeyVerifier.read(response);
  if (named === null) return null;
  const digest = deps.secrets.digest(named.challenge);
  const challenge = await deps.challengeStore.consume({ digest, purpose, userId: input.userId });
  const userId = input.userId ?? named.userId;
  if (challenge === null || userId === null) return null;
  const stored = (await deps.passkeyStore.passkeys(userId)).find(
    ({ credentialId }) => credentialId === named.credentialId,
  );
  if (stored === undefined) return null;
  const verified = await deps.passkeyVerifier.verifyUse({
    ...{ response, challenge: named.challenge, credential: stored },
    verifiesUser: purpose === 'passkey_sign_in',
  });
  if (verified === null) return null;
  const isUsed = await deps.passkeyStore.use({ userId, id: stored.passkey.id, ...verified });
  return isUsed ? { userId } : null;
}
