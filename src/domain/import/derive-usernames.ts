import { usernameRule } from '../users/user.js';

/**
 * Returns usernames for an account that has only an email, the best first and without end: what stands before its `@`,
 * with `_` for what a username cannot hold, then the same with 2, 3, … at its end.
 *
 * @param email The account's email.
 */
export function* deriveUsernames(email: string): Generator<string, never> {
  const { minChars, maxChars } = usernameRule;
  const local = email.slice(0, Math.max(0, email.lastIndexOf('@'))).replace(/[^A-Za-z0-9.+_-]/gu, '_');
  const base = local.length >= minChars ? local : `${local}_user`;
  yield base.slice(0, maxChars);
  for (let number = 2; ; number += 1) {
    const end = String(number);
    yield base.slice(0, maxChars - end.length) + end;
  }
}
