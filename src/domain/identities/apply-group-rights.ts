import type { IdentityProvider, ProviderClaims } from '../../ports/identity-provider.js';
import type { Log } from '../../ports/log.js';
import type { LotLedger } from '../../ports/lot-ledger.js';
import type { UserStore } from '../../ports/user-store.js';
import { changesOf } from '../audit/audit-details.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import type { Allowance } from '../metering/allowance.js';
import type { Role, User } from '../users/user.js';
import { rightsOf } from './group-rights.js';

export interface ApplyGroupRightsDeps extends RecordAuditDeps {
  userStore: Pick<UserStore, 'changeAccount'>;
  lotLedger: Pick<LotLedger, 'allowance' | 'setAllowance'>;
  log: Pick<Log, 'warn'>;
}

/**
 * Gives an account the role and the allowance of the person's groups, and takes away what no group gives. The last active
 * administrator stays one, since no other user could administer the service. Returns the account as it is then.
 */
export async function applyGroupRights(
  deps: ApplyGroupRightsDeps,
  {
    user,
    provider,
    claims,
    origin,
  }: { user: User; provider: IdentityProvider; claims: ProviderClaims; origin: Origin },
): Promise<User> {
  const { role, allowance } = rightsOf(provider.rights, claims.groups);
  if (allowance !== undefined) await applyAllowance(deps, { userId: user.id, allowance, origin });
  return role === undefined || role === user.role ? user : applyRole(deps, { user, role, origin });
}

async function applyRole(
  deps: ApplyGroupRightsDeps,
  { user, role, origin }: { user: User; role: Role; origin: Origin },
): Promise<User> {
  const changed = await deps.userStore.changeAccount({ userId: user.id, role });
  if (changed.outcome === 'last_admin') {
    deps.log.warn(
      { userId: user.id },
      'the last active administrator is in no group that gives the role, and keeps it',
    );
  }
  if (changed.outcome !== 'changed') return user;
  const { before, user: after } = changed;
  const details = changesOf({ role: before.role }, { role: after.role });
  const action = role === 'admin' ? 'administrator_appointed' : 'administrator_dismissed';
  if (details !== null) await recordAudit(deps, action, { userId: user.id, details, origin });
  return after;
}

async function applyAllowance(
  deps: ApplyGroupRightsDeps,
  { userId, allowance, origin }: { userId: string; allowance: Allowance | null; origin: Origin },
): Promise<void> {
  const before = await deps.lotLedger.allowance(userId);
  const details = changesOf(valuesOf(before), valuesOf(allowance));
  if (details === null || !(await deps.lotLedger.setAllowance(userId, allowance))) return;
  await recordAudit(deps, 'allowance_changed', { userId, details, origin });
}

function valuesOf(allowance: Allowance | null) {
  return { allowance: allowance?.amount ?? null, every: allowance?.every ?? null };
}
