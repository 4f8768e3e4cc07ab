import type { UserStore } from '../../ports/user-store.js';
import { DomainError } from '../errors.js';
import { usernameKey, type User } from './user.js';

/** The account with this username, whatever its case. Refuses with `not_found`. */
export async function findUser(
  deps: { userStore: Pick<UserStore, 'findByName'> },
  username: string,
): Promise<User> {
  const found = await deps.userStore.findByName({ usernameKey: usernameKey(username) });
  if (found === null) throw new DomainError('not_found', 'There is no account with this username.');
  return found.user;
}
