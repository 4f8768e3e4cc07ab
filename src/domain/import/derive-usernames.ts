import { usernameRule } from '../users/user.js';

/**
 * Yields usernames for an account that has only an email, best first and without end: the part before the `@`, with `_` for
 * each character that a username cannot contain, then the same followed by 2, 3, …
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
