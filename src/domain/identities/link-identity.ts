import type { IdentityStore } from '../../ports/identity-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByOwner, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireSession, type Caller } from '../auth/caller.js';
import { confirmIdentity, type ConfirmIdentityDeps } from '../auth/confirm-identity.js';
import { DomainError } from '../errors.js';
import { accountLink, notifyOwner, type NotifyDeps } from '../users/notify-owner.js';
import { fillEmptyEmail, labelOf } from './identity-facts.js';
import { maxIdentities } from './identity.js';
import {
  findProvider,
  finishAttempt,
  startAttempt,
  type ProviderResponse,
  type SignInAttemptDeps,
  type StartedSignIn,
} from './sign-in-attempt.js';

export interface LinkIdentityDeps extends SignInAttemptDeps, RecordAuditDeps, NotifyDeps {
  identityStore: Pick<IdentityStore, 'link' | 'fillEmail'>;
  policy: SignInAttemptDeps['policy'] & NotifyDeps['policy'];
  secrets: SignInAttemptDeps['secrets'];
}

/**
 * Begins to add an identity to the caller's account, which can then sign in with it. Rejects with `session_required`,
 * `proof_required`, `not_found` or `identity_provider_unavailable`.
 */
export async function startLink(
  deps: SignInAttemptDeps &
    ConfirmIdentityDeps & {
      policy: SignInAttemptDeps['policy'] & ConfirmIdentityDeps['policy'];
      secrets: SignInAttemptDeps['secrets'];
    },
  { caller, providerId, origin }: { caller: Caller; providerId: string; origin: Origin },
): Promise<StartedSignIn> {
  await confirmIdentity(deps, { caller, currentPassword: undefined, origin });
  return startAttempt(deps, { purpose: 'link', providerId, userId: caller.user.id });
}

/**
 * Adds the identity that a provider states to the caller's account, and mails its owner. The caller must be the account that
 * began it. Rejects with `session_required`, `identity_taken`, `too_many_identities`, or as `finishAttempt` does.
 */
export async function finishLink(
  deps: LinkIdentityDeps,
  { caller, origin, ...response }: ProviderResponse & { caller: Caller; origin: Origin },
): Promise<void> {
  requireSession(caller);
  const { user } = caller;
  const claims = await finishAttempt(deps, response, { purpose: 'link', userId: user.id });
  const { issuer, subject } = claims;
  const identity = { id: deps.ids.next(), issuer, subject, label: labelOf(claims) };
  const outcome = await deps.identityStore.link({ userId: user.id, identity, max: maxIdentities });
  switch (outcome) {
    case 'missing':
      throw new DomainError('unauthenticated', 'This account is no longer active.');
    case 'identity_taken':
      throw new DomainError('identity_taken', 'Another account has this identity.');
    case 'too_many':
      throw new DomainError(
        'too_many_identities',
        `An account can have ${maxIdentities} identities. Remove one first.`,
      );
    case 'linked': {
      const { name } = findProvider(deps, response.providerId);
      await recordAuditByOwner(deps, 'identity_linked', { caller, subjectId: identity.id, origin });
      await fillEmptyEmail(deps, { user, claims, origin });
      await notifyOwner(deps, user, origin, (mails) => mails.linkedIdentity(name, accountLink(deps)));
    }
  }
}
