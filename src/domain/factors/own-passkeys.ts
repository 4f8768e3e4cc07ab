import type { PasskeyStore } from '../../ports/passkey-store.js';
import type { WebAuthnJson } from '../../ports/passkey-verifier.js';
import { changesOf } from '../audit/audit-details.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByOwner, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireSession, type Caller } from '../auth/caller.js';
import { confirmIdentity, type ConfirmIdentityDeps } from '../auth/confirm-identity.js';
import { notFound, throwIfInvalid } from '../errors.js';
import type { Policy } from '../policy.js';
import { accountLink, notifyOwner, type NotifyDeps } from '../users/notify-owner.js';
import { lastFactor } from './factor-errors.js';
import { requiresFactor, validatePasskeyName, type Passkey } from './factor.js';
import {
  requestNewPasskey,
  storeNewPasskey,
  type RequestNewPasskeyDeps,
  type StoreNewPasskeyDeps,
} from './new-passkey.js';

interface OwnInput {
  caller: Caller;
  origin: Origin;
}

export interface AddPasskeyDeps extends ConfirmIdentityDeps, StoreNewPasskeyDeps {
  secrets: StoreNewPasskeyDeps['secrets'];
  policy: ConfirmIdentityDeps['policy'] & StoreNewPasskeyDeps['policy'];
}

/** Returns the options with which a browser adds a passkey. Rejects with `session_required` or `proof_required`. */
export async function setUpPasskey(
  deps: RequestNewPasskeyDeps & Omit<ConfirmIdentityDeps, 'secrets'>,
  input: OwnInput,
): Promise<WebAuthnJson> {
  const { user } = await confirmIdentity(deps, { ...input, currentPassword: undefined });
  return requestNewPasskey(deps, user);
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
  const { user } = await confirmIdentity(deps, { ...input, currentPassword: undefined });
  const { name, response, origin } = input;
  throwIfInvalid({ name: validatePasskeyName(name) });
  const added = await storeNewPasskey(deps, { user, name, response, mustBeFirst: false });
  const details = changesOf({}, { name });
  await recordAuditByOwner(deps, 'passkey_added', { ...input, subjectId: added.passkey.id, details });
  const link = accountLink(deps);
  await notifyOwner(deps, user, origin, (mails) => mails.factorAdded({ kind: 'passkey', name }, link));
  return added;
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
  await notifyOwner(deps, user, origin, (mails) =>
    mails.factorRemoved({ kind: 'passkey', name: null }, link),
  );
}
