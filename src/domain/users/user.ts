import { codePointCount, unstorableReason } from '../text.js';
import { maxEmailChars } from './email-address.js';

export { emptyEmailToNull, validateEmail, emailKey, maxEmailChars } from './email-address.js';

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

/** Returns the form of a username that is compared. Usernames are ASCII, so that lower case is enough. */
export function usernameKey(username: string): string {
  return username.toLowerCase();
}

/** The rule for usernames; lengths in code points. */
export const usernameRule = { minChars: 3, maxChars: 150, pattern: /^[A-Za-z0-9.+_-]*$/ };

/** Returns the problems of a username. It contains no `@`, so that it cannot be the email of another account. */
export function validateUsername(username: string): string[] {
  const problems: string[] = [];
  const length = codePointCount(username);
  const { minChars, maxChars, pattern } = usernameRule;
  if (length < minChars) problems.push(`Must have at least ${minChars} characters.`);
  if (length > maxChars) problems.push(`Must have at most ${maxChars} characters.`);
  if (!pattern.test(username)) problems.push('May contain only ASCII letters, digits and . + - _');
  return problems;
}

/** Returns false for a text that cannot be stored, or is longer than any username or email. */
export function isPossibleName(name: string): boolean {
  return name.length <= 2 * maxEmailChars && unstorableReason(name) === null;
}
