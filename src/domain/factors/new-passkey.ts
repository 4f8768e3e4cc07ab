import type { ChallengeStore } from '../../ports/challenge-store.js';
import type { Ids } from '../../ports/ids.js';
import type { PasskeyStore } from '../../ports/passkey-store.js';
import type { PasskeyVerifier, WebAuthnJson } from '../../ports/passkey-verifier.js';
import type { Secrets } from '../../ports/secrets.js';
import type { RecordAuditDeps } from '../audit/record-audit.js';
import { DomainError } from '../errors.js';
import type { NotifyDeps } from '../users/notify-owner.js';
import type { User } from '../users/user.js';
import { challengeExpired, wrongPasskey } from './factor-errors.js';
import { maxPasskeys, type Passkey } from './factor.js';
import { createRecoveryCodes } from './recovery-code.js';
import { passkeyChallengeTtlMs } from './request-passkey.js';

export interface RequestNewPasskeyDeps {
  passkeyStore: Pick<PasskeyStore, 'passkeys'>;
  passkeyVerifier: Pick<PasskeyVerifier, 'creationOptions'>;
  challengeStore: Pick<ChallengeStore, 'issue'>;
  secrets: Secrets;
}

/** Returns the options with which a browser makes a passkey of an account, with a new challenge. */
export async function requestNewPasskey(
  deps: RequestNewPasskeyDeps,
  { id: userId, username }: Pick<User, 'id' | 'username'>,
): Promise<WebAuthnJson> {
  const existing = await deps.passkeyStore.passkeys(userId);
  const challenge = deps.secrets.random();
  await deps.challengeStore.issue({
    ...{ digest: deps.secrets.digest(challenge), purpose: 'passkey_setup', userId },
    ...{ passwordVersion: null, ttlMs: passkeyChallengeTtlMs },
  });
  return deps.passkeyVerifier.creationOptions({ userId, username, challenge, existing });
}

interface VerifyNewPasskeyDeps {
  passkeyVerifier: Pick<PasskeyVerifier, 'read' | 'verifyCreation'>;
  challengeStore: Pick<ChallengeStore, 'consume'>;
  secrets: Secrets;
}

export interface StoreNewPasskeyDeps extends VerifyNewPasskeyDeps, RecordAuditDeps, NotifyDeps {
  passkeyStore: Pick<PasskeyStore, 'add'>;
  secrets: Secrets;
  ids: Ids;
}

/**
 * Stores a new passkey by the response of an authenticator. Returns it, and if it is the first factor, recovery codes, which
 * cannot be read again. Rejects with `wrong_passkey`, `passkey_exists` or `too_many_passkeys`.
 *
 * @param input.name A valid name of a passkey.
 * @param input.mustBeFirst True for a sign-in that has proved a first factor only: rejects with `challenge_expired` if the
 * account has any second factor.
 */
export async function storeNewPasskey(
  deps: StoreNewPasskeyDeps,
  input: { user: Pick<User, 'id'>; name: string; response: WebAuthnJson; mustBeFirst: boolean },
): Promise<{ passkey: Passkey; recoveryCodes: string[] | null }> {
  const { user, name, response, mustBeFirst } = input;
  const verified = await verifyNewPasskey(deps, user.id, response);
  const { codes, digests } = createRecoveryCodes(deps.secrets, user.id);
  const added = await deps.passkeyStore.add({
    ...{ ...verified, userId: user.id, id: deps.ids.next(), name },
    ...{ maxPasskeys, recoveryDigests: digests, mustBeFirst },
  });
  switch (added.outcome) {
    case 'missing':
      throw new DomainError('unauthenticated', 'This account is no longer active.');
    case 'exists':
      throw new DomainError('passkey_exists', 'This passkey was added before.');
    case 'too_many':
      throw new DomainError('too_many_passkeys', `An account can have at most ${maxPasskeys} passkeys.`);
    case 'not_first':
      throw challengeExpired();
    case 'added':
      return { passkey: added.passkey, recoveryCodes: added.isFirst ? codes : null };
  }
}

async function verifyNewPasskey(deps: VerifyNewPasskeyDeps, userId: string, response: WebAuthnJson) {
  const named = deps.passkeyVerifier.read(response);
  if (named === null) throw wrongPasskey();
  const digest = deps.secrets.digest(named.challenge);
  const challenge = await deps.challengeStore.consume({ digest, purpose: 'passkey_setup', userId });
  if (challenge === null) throw wrongPasskey();
  const verified = await deps.passkeyVerifier.verifyCreation(response, named.challenge);
  if (verified === null) throw wrongPasskey();
  return verified;
}
