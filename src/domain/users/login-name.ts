import type { UserCredentials, UserName, UserStore } from '../../ports/user-store.js';
import { typedKey } from './email-address.js';
import { emailKey, isPossibleName, usernameKey } from './user.js';

/**
 * Returns the keys by which a submitted email finds its account, in this order. One whose domain is not typed in ASCII has
 * two: if two accounts of an earlier version differ only in how their domain is written, each is found as it is written.
 */
export function emailKeysOf(email: string): string[] {
  return [...new Set([typedKey(email), emailKey(email)])];
}

function loginNamesOf(name: string): UserName[] {
  if (!isPossibleName(name)) return [];
  if (!name.includes('@')) return [{ usernameKey: usernameKey(name) }];
  return emailKeysOf(name).map((key) => ({ emailKey: key }));
}

/** Returns the account of a submitted username or email, or null if there is none. */
export async function findByLoginName(
  { userStore }: { userStore: Pick<UserStore, 'findByName'> },
  name: string,
): Promise<UserCredentials | null> {
  for (const each of loginNamesOf(name)) {
    const found = await userStore.findByName(each);
    if (found !== null) return found;
  }
  return null;
}

/** Equal for two submitted names that mean the same account, whether or not there is one. */
export function loginNameKey(name: string): string {
  // Normalising takes time by the square of a text's length, so that what cannot be a name is not normalised.
  return isPossibleName(name) ? emailKey(name) : name;
}
