import { codePointCount, unstorableReason } from '../text.js';

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

/** Two emails with the same key reach, for us, the same person. */
export function emailKey(email: string): string {
  return email.normalize('NFC').toLowerCase();
}

/** What a username is made of, its length in code points. */
export const usernameRule = { minChars: 3, maxChars: 150, pattern: /^[A-Za-z0-9.+_-]*$/ };

/** The longest email, in code points (RFC 5321). */
export const maxEmailChars = 254;

/** What is wrong with a username; no `@`, so that nobody can take another's email as a name. */
export function usernameFaults(username: string): string[] {
  const faults: string[] = [];
  const length = codePointCount(username);
  const { minChars, maxChars, pattern } = usernameRule;
  if (length < minChars) faults.push(`Must have at least ${minChars} characters.`);
  if (length > maxChars) faults.push(`Must have at most ${maxChars} characters.`);
  if (!pattern.test(username)) faults.push('May hold only ASCII letters, digits and . + - _');
  return faults;
}

const emailShape =
  /^[^\s@\p{C}"(),:;<>[\]\\]{1,64}@(?:[^\s@\p{C}"(),:;<>[\]\\.]+\.)+[^\s@\p{C}"(),:;<>[\]\\.]+$/u;

/** What is wrong with an email address: the shape that mail servers route, at most 254 characters (RFC 5321). */
export function emailFaults(email: string): string[] {
  const wellFormed =
    codePointCount(email) <= maxEmailChars && unstorableReason(email) === null && emailShape.test(email);
  return wellFormed ? [] : ['Must be an email address.'];
}

/** False of what no store can hold or is longer than any username or email: 254 code points. */
export function isPossibleName(name: string): boolean {
  return name.length <= 2 * maxEmailChars && unstorableReason(name) === null;
}
