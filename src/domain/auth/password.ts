import { codePointCount, unstorableReason } from '../text.js';

/** Whom a password is for: it must not resemble them. */
export interface PasswordOwner {
  username: string;
  email: string | null;
}

/**
 * The form of a password that is hashed: NFKC, so that the same keys pressed on two systems are the same password
 * (NIST SP 800-63B, 5.1.1.2).
 */
export function canonicalPassword(password: string): string {
  return password.normalize('NFKC');
}

/** The shortest and the longest password, in code points. */
export const minPasswordChars = 8;
export const maxPasswordChars = 1024;

/** True of what no password of ours can be: it need not be looked at any further. */
export function isOverlongPassword(password: string): boolean {
  return password.length > maxPasswordChars && codePointCount(password) > maxPasswordChars;
}

/** Every reason against a new password at once; `isCommon` is asked for its lower-cased form. */
export function validatePassword(
  password: string,
  owner: PasswordOwner,
  isCommon: (lowerCased: string) => boolean,
): string[] {
  const faults: string[] = [];
  const unstorable = unstorableReason(password);
  if (unstorable !== null) faults.push(`A password ${unstorable}.`);
  if (codePointCount(password) < minPasswordChars) {
    faults.push(`Must have at least ${minPasswordChars} characters.`);
  }
  if (isOverlongPassword(password)) return [...faults, `Must have at most ${maxPasswordChars} characters.`];
  const lowerCased = canonicalPassword(password).toLowerCase();
  if (/^\p{Nd}+$/u.test(password)) faults.push('Must not be only digits.');
  if (isCommon(lowerCased)) faults.push('Is too common.');
  if (tooClose(lowerCased, owner.username)) faults.push('Is too close to the username.');
  if (owner.email !== null && tooClose(lowerCased, owner.email)) faults.push('Is too close to the email.');
  return faults;
}

/** No name that we accept is longer; what is beyond is refused for its length anyway. */
const maxComparedUnits = 512;

function tooClose(lowerCased: string, attribute: string): boolean {
  const whole = attribute.slice(0, maxComparedUnits).toLowerCase();
  const parts = [whole, ...whole.split(/[^\p{L}\p{N}]+/u)].filter((part) => part.length >= 3);
  return parts.some((part) => couldBeClose(lowerCased, part) && similarity(lowerCased, part) >= closeness);
}

const closeness = 0.7;

/** Spares the comparison of texts whose lengths alone make them different. */
function couldBeClose(left: string, right: string): boolean {
  return 2 * Math.min(left.length, right.length) >= closeness * (left.length + right.length);
}

/** Twice the longest common subsequence over both lengths: 1 for equal texts, 0 for nothing in common. */
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
