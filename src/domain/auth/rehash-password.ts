import type { PasswordHasher } from '../../ports/password-hasher.js';
import type { UserStore } from '../../ports/user-store.js';
import type { User } from '../users/user.js';
import { isDomainError } from '../errors.js';
import { canonicalPassword, isOverlongPassword } from './password.js';

export interface RehashPasswordDeps {
  userStore: Pick<UserStore, 'renewPasswordHash'>;
  passwordHasher: Pick<PasswordHasher, 'hash' | 'isOutdated'>;
}

/**
 * Hashes a password that was just verified again, if its stored hash came from another system or has another cost. Of several
 * sign-ins at once, one replaces the hash. A password longer than ours may be keeps its hash. While the hasher is busy, the
 * hash stays until the next sign-in.
 */
export async function rehashPassword(
  deps: RehashPasswordDeps,
  verified: { user: User; passwordHash: string; password: string; network: string | null },
): Promise<void> {
  const { user, passwordHash, password, network } = verified;
  if (!deps.passwordHasher.isOutdated(passwordHash) || isOverlongPassword(password)) return;
  const to = await deps.passwordHasher.hash(canonicalPassword(password), network).catch(nullIfBusy);
  if (to === null) return;
  await deps.userStore.renewPasswordHash({ userId: user.id, from: passwordHash, to });
}

function nullIfBusy(error: unknown): null {
  if (isDomainError(error) && error.code === 'unavailable') return null;
  throw error;
}
