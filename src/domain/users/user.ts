import { codePointCount, unstorableReason } from '../text.js';
import { maxEmailChars } from './email-address.js';

export { validateEmail, emailKey, maxEmailChars } from './email-address.js';

export const roles = ['user', 'admin'] as const;
/** What an account may do. */
export type Role = (typeof roles)[number];

export const userStatuses = ['active', 'disabled'] as const;
/** Whether an account can be used. */
export type UserStatus = (typeof userStatuses)[number];

/** A person or program with a balance. Holds no secret. */
export interface User {
  /** UUIDv7. */
  id: string;
  /** As it was typed. */
  username: string;
  email: string | null;
  emailVerified: boolean;
  role: Role;
  status: UserStatus;
  createdAt: Date;
}

/** The version of a new account's password. */
export const firstPasswordVersion = 1;

/** Two usernames with the same key are the same name. Usernames are ASCII, so lower case is enough. */
export function usernameKey(username: string): string {
  return username.toLowerCase();
}

/** What a username is made of, its length in code points. */
export const usernameRule = { minChars: 3, maxChars: 150, pattern: /^[A-Za-z0-9.+_-]*$/ };

/** What is wrong with a username; no `@`, so that nobody can take another's email as a name. */
export function validateUsername(username: string): string[] {
  const faults: string[] = [];
  const length = codePointCount(username);
  const { minChars, maxChars, pattern } = usernameRule;
  if (length < minChars) faults.push(`Must have at least ${minChars} characters.`);
  if (length > maxChars) faults.push(`Must have at most ${maxChars} characters.`);
  if (!pattern.test(username)) faults.push('May hold only ASCII letters, digits and . + - _');
  return faults;
}

/** False of what no store can hold or is longer than any username or email: 254 code points. */
export function isPossibleName(name: string): boolean {
  return name.length <= 2 * maxEmailChars && unstorableReason(name) === null;
}
