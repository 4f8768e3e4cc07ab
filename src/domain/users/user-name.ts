import type { UserName } from '../../ports/user-store.js';
import { emailKey, isPossibleName, usernameKey } from './user.js';

/** By what a submitted username or email finds its account; null for what no account can be called. */
export function readUserName(name: string): UserName | null {
  if (!isPossibleName(name)) return null;
  return name.includes('@') ? { emailKey: emailKey(name) } : { usernameKey: usernameKey(name) };
}

/** Equal for two submitted names that mean the same account, whether or not there is one. */
export function submittedNameKey(name: string): string {
  // Normalising takes time by the square of a text's length, so that what cannot be a name is not normalised.
  return isPossibleName(name) ? emailKey(name) : name;
}
