import type { ChallengeStore } from '../../ports/challenge-store.js';
import type { Ids } from '../../ports/ids.js';
import type { PasskeyStore } from '../../ports/passkey-store.js';
import type { PasskeyVerifier, WebAuthnJson } from '../../ports/passkey-verifier.js';
import type { Secrets } from '../../ports/secrets.js';
import { changesOf } from '../audit/audit-details.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByOwner, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireSession, type Caller } from '../auth/caller.js';
import { confirmIdentity, type ConfirmIdentityDeps } from '../auth/confirm-identity.js';
import { DomainError, notFound, throwIfInvalid } from '../errors.js';
import type { Policy } from '../policy.js';
import { accountLink, notifyOwner, type NotifyDeps } from '../users/notify-owner.js';
import { lastFactor, wrongPasskey } from './factor-errors.js';
import { factorAddedMail, factorRemovedMail } from './factor-mails.js';
import { maxPasskeys, requiresFactor, validatePasskeyName, type Passkey } from './factor.js';
import { createRecoveryCodes } from './recovery-code.js';
import { passkeyChallengeTtlMs } from './request-passkey.js';

interface OwnInput {
  caller: Caller;
  origin: Origin;
}

export interface AddPasskeyDeps extends ConfirmIdentityDeps, RecordAuditDeps, NotifyDeps {
  passkeyStore: Pick<PasskeyStore, 'passkeys' | 'add'>;
  passkeyVerifier: Pick<PasskeyVerifier, 'creationOptions' | 'read' | 'verifyCreation'>;
  challengeStore: Pick<ChallengeStore, 'issue' | 'consume'>;
  secrets: Secrets;
  ids: Ids;
  policy: ConfirmIdentityDeps['policy'] & NotifyDeps['policy'];
}

/** Returns the options with which a browser adds a passkey. Rejects with `session_required` or `proof_required`. */
export async function setUpPasskey(
  deps: Pick<AddPasskeyDeps, 'passkeyStore' | 'passkeyVerifier' | 'challengeStore' | 'secrets'> &
    Omit<ConfirmIdentityDeps, 'secrets'>,
  input: OwnInput,
): Promise<WebAuthnJson> {
  const { user } = await confirmIdentity(deps, { ...input, currentPassword: undefined });
  const existing = await deps.passkeyStore.passkeys(user.id);
  const challenge = deps.secrets.random();
  await deps.challengeStore.issue({
    ...{ digest: deps.secrets.digest(challenge), purpose: 'passkey_setup', userId: user.id },
    ...{ passwordVersion: null, ttlMs: passkeyChallengeTtlMs },
  });
  const { id: userId, username } = user;
  return deps.passkeyVerifier.creationOptions({ userId, username, challenge, existing });
}

/**
 * Adds a passkey of the caller by the response of an authenticator, and mails them about it. Returns the passkey, and if it is
 * the first factor, recovery codes, which cannot be read again. Rejects with `session_required`, `proof_required`,
 * `invalid_input`, `wrong_passkey`, `passkey_exists` or `too_many_passkeys`.
 */
export async function addPasskey(
  deps: AddPasskeyDeps,
  input: OwnInput & { name: string; response: WebAuthnJson },
): Promise<{ passkey: Passkey; recoveryCodes: string[] | null }> {
  const { name, response } = input;
  const { user } = await confirmIdentity(deps, { ...input, currentPassword: undefined });
  throwIfInvalid({ name: validatePasskeyName(name) });
  const verified = await verifyNewPasskey(deps, user.id, response);
  const { codes, digests } = createRecoveryCodes(deps.secrets, user.id);
  const added = await deps.passkeyStore.add({
    ...{ ...verified, userId: user.id, id: deps.ids.next(), name },
    ...{ maxPasskeys, recoveryDigests: digests },
  });
  switch (added.outcome) {
    case 'missing':
      throw new DomainError('unauthenticated', 'This account is no longer active.');
    case 'exists':
      throw new DomainError('passkey_exists', 'This passkey was added before.');
    case 'too_many':
      throw new DomainError('too_many_passkeys', `An account can have at most ${maxPasskeys} passkeys.`);
    case 'added': {
      const { passkey, isFirst } = added;
      const details = changesOf({}, { name });
      await recordAuditByOwner(deps, 'passkey_added', { ...input, subjectId: passkey.id, details });
      const link = accountLink(deps);
      await notifyOwner(deps, user, input.origin, (to) => factorAddedMail(to, `the passkey “${name}”`, link));
      return { passkey, recoveryCodes: isFirst ? codes : null };
    }
  }
}

async function verifyNewPasskey(deps: AddPasskeyDeps, userId: string, response: WebAuthnJson) {
  const named = deps.passkeyVerifier.read(response);
  if (named === null) throw wrongPasskey();
  const digest = deps.secrets.digest(named.challenge);
  const challenge = await deps.challengeStore.consume({ digest, purpose: 'passkey_setup', userId });
  if (challenge === null) throw wrongPasskey();
  const verified = await deps.passkeyVerifier.verifyCreation(response, named.challenge);
  if (verified === null) throw wrongPasskey();
  return verified;
}

/** Renames a passkey of the caller. Rejects with `session_required`, `invalid_input` or `not_found`. */
export async function renamePasskey(
  deps: RecordAuditDeps & { passkeyStore: Pick<PasskeyStore, 'rename'> },
  input: OwnInput & { passkeyId: string; name: string },
): Promise<Passkey> {
  requireSession(input.caller);
  const { caller, passkeyId: id, name } = input;
  throwIfInvalid({ name: validatePasskeyName(name) });
  const renamed = await deps.passkeyStore.rename({ userId: caller.user.id, id, name });
  if (renamed === null) throw notFound('passkey');
  await recordAuditByOwner(deps, 'passkey_renamed', { ...input, subjectId: id });
  return renamed;
}

/**
 * Removes a passkey of the caller and mails them about it; with the last factor, the recovery codes. Rejects with
 * `session_required`, `proof_required`, `not_found`, or with `last_factor` if the account must have a factor.
 */
export async function removePasskey(
  deps: ConfirmIdentityDeps &
    RecordAuditDeps &
    NotifyDeps & {
      passkeyStore: Pick<PasskeyStore, 'remove'>;
      policy: ConfirmIdentityDeps['policy'] & NotifyDeps['policy'] & Pick<Policy, 'requireTwoFactors'>;
    },
  input: OwnInput & { passkeyId: string },
): Promise<void> {
  const { passkeyId: id, origin } = input;
  const { user } = await confirmIdentity(deps, { ...input, currentPassword: undefined });
  const keepsOne = requiresFactor(deps.policy.requireTwoFactors, user);
  const removed = await deps.passkeyStore.remove({ userId: user.id, id, keepsOne });
  if (removed === 'missing') throw notFound('passkey');
  if (removed === 'last_factor') throw lastFactor();
  await recordAuditByOwner(deps, 'passkey_removed', { ...input, subjectId: id });
  const link = accountLink(deps);
  await notifyOwner(deps, user, origin, (to) => factorRemovedMail(to, 'a passkey', link));
}
