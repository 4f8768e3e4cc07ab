import type { FactorStore } from '../../ports/factor-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByOwner, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireSession, type Caller } from '../auth/caller.js';
import { confirmIdentity, type ConfirmIdentityDeps } from '../auth/confirm-identity.js';
import { DomainError, notFound } from '../errors.js';
import type { Policy } from '../policy.js';
import { accountLink, notifyOwner, type NotifyDeps } from '../users/notify-owner.js';
import { lastFactor } from './factor-errors.js';
import { requiresFactor } from './factor.js';
import { createRecoveryCodes } from './recovery-code.js';
import { confirmTotp, startTotp, type ConfirmTotpDeps, type StartTotpDeps, type TotpSetup } from './totp.js';

interface OwnInput {
  caller: Caller;
  origin: Origin;
}

type ChangeFactorDeps = ConfirmIdentityDeps &
  RecordAuditDeps &
  NotifyDeps & {
    policy: ConfirmIdentityDeps['policy'] & NotifyDeps['policy'] & Pick<Policy, 'requireTwoFactors'>;
  };

/**
 * Begins to set up an authenticator app for the caller. Rejects with `session_required`, `proof_required`, `totp_exists` or
 * `two_factors_unavailable`.
 */
export async function setUpOwnTotp(
  deps: StartTotpDeps &
    ConfirmIdentityDeps & { policy: StartTotpDeps['policy'] & ConfirmIdentityDeps['policy'] },
  input: OwnInput,
): Promise<TotpSetup> {
  await confirmIdentity(deps, { ...input, currentPassword: undefined });
  return startTotp(deps, input.caller.user);
}

/**
 * Adds the authenticator app of the caller as a factor, by one of its codes, and mails them about it. Returns recovery codes,
 * which cannot be read again. Rejects as `setUpOwnTotp` and `confirmTotp` do.
 */
export async function confirmOwnTotp(
  deps: ConfirmTotpDeps & ChangeFactorDeps & { secrets: ConfirmTotpDeps['secrets'] },
  input: OwnInput & { code: string },
): Promise<{ recoveryCodes: string[] }> {
  const { user } = await confirmIdentity(deps, { ...input, currentPassword: undefined });
  const recoveryCodes = await confirmTotp(deps, {
    ...{ userId: user.id, code: input.code },
    mustBeFirst: false,
  });
  await recordAuditByOwner(deps, 'totp_added', input);
  const link = accountLink(deps);
  await notifyOwner(deps, user, input.origin, (mails) => mails.factorAdded({ kind: 'totp' }, link));
  return { recoveryCodes };
}

/**
 * Removes the authenticator app of the caller and mails them about it; with the last factor, the recovery codes. Rejects with
 * `session_required`, `proof_required`, `not_found`, or with `last_factor` if the account must have a factor.
 */
export async function removeOwnTotp(
  deps: ChangeFactorDeps & { factorStore: Pick<FactorStore, 'removeTotp'> },
  input: OwnInput,
): Promise<void> {
  const { user } = await confirmIdentity(deps, { ...input, currentPassword: undefined });
  const keepsOne = requiresFactor(deps.policy.requireTwoFactors, user);
  const removed = await deps.factorStore.removeTotp({ userId: user.id, keepsOne });
  if (removed === 'missing') throw notFound('second factor');
  if (removed === 'last_factor') throw lastFactor();
  await recordAuditByOwner(deps, 'totp_removed', input);
  const link = accountLink(deps);
  await notifyOwner(deps, user, input.origin, (mails) => mails.factorRemoved({ kind: 'totp' }, link));
}

/**
 * Replaces the recovery codes of the caller; earlier ones no longer work. Rejects with `session_required`, `proof_required`, or
 * with `no_factor` if the account has no second factor.
 */
export async function replaceRecoveryCodes(
  deps: ConfirmIdentityDeps &
    RecordAuditDeps & {
      factorStore: Pick<FactorStore, 'replaceRecoveryCodes'>;
      secrets: ConfirmTotpDeps['secrets'];
    },
  input: OwnInput,
): Promise<{ recoveryCodes: string[] }> {
  requireSession(input.caller);
  const { user } = await confirmIdentity(deps, { ...input, currentPassword: undefined });
  const { codes, digests } = createRecoveryCodes(deps.secrets, user.id);
  if (!(await deps.factorStore.replaceRecoveryCodes(user.id, digests))) {
    throw new DomainError('no_factor', 'Set up a second factor first.');
  }
  await recordAuditByOwner(deps, 'recovery_codes_created', input);
  return { recoveryCodes: codes };
}
