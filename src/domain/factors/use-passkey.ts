import type { ChallengeStore } from '../../ports/challenge-store.js';
import type { PasskeyStore } from '../../ports/passkey-store.js';
import type { PasskeyVerifier, WebAuthnJson } from '../../ports/passkey-verifier.js';
import type { Secrets } from '../../ports/secrets.js';
import type { UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import { accountLink, notifyOwner, type NotifyDeps } from '../users/notify-owner.js';
import type { Passkey } from './factor.js';

export interface UsePasskeyDeps extends RecordAuditDeps, NotifyDeps {
  passkeyStore: Pick<PasskeyStore, 'passkeys' | 'use'>;
  passkeyVerifier: Pick<PasskeyVerifier, 'read' | 'verifyUse'>;
  challengeStore: Pick<ChallengeStore, 'consume'>;
  userStore: Pick<UserStore, 'findById'>;
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
    origin: Origin;
  },
): Promise<{ userId: string } | null> {
  const { response, purpose, origin } = input;
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
  const { passkey } = stored;
  if (await deps.passkeyStore.use({ userId, id: passkey.id, ...verified })) return { userId };
  await reportCopy(deps, { userId, passkey, origin });
  return null;
}

/**
 * Records that a passkey was refused although its signature is right, and mails its owner. The counter is a sign of a copy and
 * no proof: authenticators can fail, and responses can overtake each other (WebAuthn Level 3, 6.1.1). So the passkey goes on
 * for the authenticator that counts further, and its owner decides whether to remove it.
 */
async function reportCopy(
  deps: UsePasskeyDeps,
  { userId, passkey, origin }: { userId: string; passkey: Passkey; origin: Origin },
): Promise<void> {
  await recordAudit(deps, 'passkey_copy_refused', { userId, subjectId: passkey.id, origin });
  const found = await deps.userStore.findById(userId);
  if (found === null) return;
  const link = accountLink(deps);
  await notifyOwner(deps, found.user, origin, (mails) => mails.copiedPasskey(passkey.name, link));
}
