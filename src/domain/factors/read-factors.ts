import type { FactorStore } from '../../ports/factor-store.js';
import type { UserStore } from '../../ports/user-store.js';
import { notFound } from '../errors.js';
import { requireAdmin, type AdminCaller, type Caller } from '../auth/caller.js';
import type { Policy } from '../policy.js';
import { requiresFactor, type Factors } from './factor.js';

/** The factors of an account, and whether it must have one. */
export interface OwnFactors extends Factors {
  isRequired: boolean;
}

/** Returns the factors of the caller's account. */
export async function readOwnFactors(
  deps: { factorStore: Pick<FactorStore, 'factors'>; policy: Pick<Policy, 'requireTwoFactors'> },
  { caller }: { caller: Caller },
): Promise<OwnFactors> {
  const { user } = caller;
  const isRequired = requiresFactor(deps.policy.requireTwoFactors, user);
  return { ...(await deps.factorStore.factors(user.id)), isRequired };
}

/** Returns the factors of an account, for administrators and the operator. Rejects with `admin_required` or `not_found`. */
export async function readFactors(
  deps: { factorStore: Pick<FactorStore, 'factors'>; userStore: Pick<UserStore, 'findById'> },
  { caller, userId }: { caller: AdminCaller; userId: string },
): Promise<Factors> {
  requireAdmin(caller, 'read');
  if ((await deps.userStore.findById(userId)) === null) throw notFound('account');
  return deps.factorStore.factors(userId);
}
