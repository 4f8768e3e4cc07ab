import { codePointCount, unstorableReason } from '../text.js';

/** The names of a password's owner, which the password must not resemble. */
export interface PasswordOwner {
  username: string;
  email: string | null;
}

/**
 * Returns the form of a password that is hashed: NFKC, so that the same keys give the same password on every system
 * (NIST SP 800-63B, 5.1.1.2).
 */
export function canonicalPassword(password: string): string {
  return password.normalize('NFKC');
}

/** In place of the hash of an account that has no password. Not a hash, so that no password matches it. */
export const unusablePasswordHash = '!';

/** The minimum and maximum length of a password, in code points. */
export const minPasswordChars = 8;
export const maxPasswordChars = 1024;

/** Returns true if a text is longer than any password can be, so that the other checks can be skipped. */
export function isOverlongPassword(password: string): boolean {
  return password.length > maxPasswordChars && codePointCount(password) > maxPasswordChars;
}

/** Returns every problem of a new password; `isCommon` is called with its lower-cased form. */
export function validatePassword(
  password: string,
  owner: PasswordOwner,
  isCommon: (lowerCased: string) => boolean,
): string[] {
  const problems: string[] = [];
  const unstorable = unstorableReason(password);
  if (unstorable !== null) problems.push(`A password ${unstorable}.`);
  if (codePointCount(password) < minPasswordChars) {
    problems.push(`Must have at least ${minPasswordChars} characters.`);
  }
  if (isOverlongPassword(password)) return [...problems, `Must have at most ${maxPasswordChars} characters.`];
  const lowerCased = canonicalPassword(password).toLowerCase();
  if (/^\p{Nd}+$/u.test(password)) problems.push('Must not be only digits.');
  if (isCommon(lowerCased)) problems.push('Is too common.');
  if (isSimilar(lowerCased, owner.username)) problems.push('Is too similar to the username.');
  if (owner.email !== null && isSimilar(lowerCased, owner.email))
    problems.push('Is too similar to the email.');
  return problems;
}

/** No valid name is longer; longer ones are rejected for their length anyway. */
const maxComparedUnits = 512;

function isSimilar(lowerCased: string, attribute: string): boolean {
  const whole = attribute.slice(0, maxComparedUnits).toLowerCase();
  const parts = [whole, ...whole.split(/[^\p{L}\p{N}]+/u)].filter((part) => part.length >= 3);
  return parts.some(
    (part) => canBeSimilar(lowerCased, part) && similarity(lowerCased, part) >= minSimilarity,
  );
}

const minSimilarity = 0.7;

/** Returns false if the lengths alone make two texts different, which saves the comparison. */
function canBeSimilar(left: string, right: string): boolean {
  return 2 * Math.min(left.length, right.length) >= minSimilarity * (left.length + right.length);
}

/** Returns twice the length of the longest common subsequence over the sum of both lengths: 1 for equal texts, 0 for nothing in common. */
function similarity(left: string, right: string): number {
  let previous = new Array<number>(right.length + 1).fill(0);
  for (const leftUnit of left.split('')) {
    const current = [0];
    for (let column = 1; column <= right.length; column += 1) {
      const matched = leftUnit === right[column - 1] ? (previous[column - 1] ?? 0) + 1 : 0;
      current.push(Math.max(matched, previous[column] ?? 0, current[column - 1] ?? 0));
    }
    previous = current;
  }
  return (2 * (previous[right.length] ?? 0)) / (left.length + right.length);
}
