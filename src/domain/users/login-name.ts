import type { UserCredentials, UserName, UserStore } from '../../ports/user-store.js';
import { typedKey } from './email-address.js';
import { emailKey, isPossibleName, usernameKey } from './user.js';

/**
 * Returns the keys by which the account of a submitted email is looked up, in this order. If its domain is not in ASCII, there
 * are two: accounts from an earlier version may differ only in the spelling of their domain, and each is found by its own.
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

/** Returns the same key for two submitted names of the same account, whether or not it exists. */
export function loginNameKey(name: string): string {
  // Normalising takes quadratic time, so a text that is too long for a name is left as it is.
  return isPossibleName(name) ? emailKey(name) : name;
}
