import type { UserStore } from '../../ports/user-store.js';
import { requireAdmin, type AdminCaller } from '../auth/caller.js';
import { DomainError } from '../errors.js';
import { usernameKey, type User } from './user.js';

/** Returns the account with this username, in any case. Rejects with `admin_required` or `not_found`. */
export async function findUser(
  deps: { userStore: Pick<UserStore, 'findByName'> },
  { caller, username }: { caller: AdminCaller; username: string },
): Promise<User> {
  requireAdmin(caller, 'read');
  const found = await deps.userStore.findByName({ usernameKey: usernameKey(username) });
  if (found === null) throw new DomainError('not_found', 'There is no account with this username.');
  return found.user;
}
