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
 * Hashes a password that was just proved as it is hashed today, when its stored hash is another system's or of another
 * cost. Of several logins at once one renews it. What is too long to be a password of ours stays as it came; while too
 * much is hashed, it stays until the next login.
 */
export async function rehashPassword(
  deps: RehashPasswordDeps,
  proved: { user: User; passwordHash: string; password: string; network: string | null },
): Promise<void> {
  const { user, passwordHash, password, network } = proved;
  if (!deps.passwordHasher.isOutdated(passwordHash) || isOverlongPassword(password)) return;
  const to = await deps.passwordHasher.hash(canonicalPassword(password), network).catch(nullIfBusy);
  if (to === null) return;
  await deps.userStore.renewPasswordHash({ userId: user.id, from: passwordHash, to });
}

function nullIfBusy(error: unknown): null {
  if (isDomainError(error) && error.code === 'unavailable') return null;
  throw error;
}
