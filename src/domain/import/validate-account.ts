import { isImportedAuthToken } from '../auth/auth-token.js';
import { maxCredits } from '../ledger/entry.js';
import { unstorableReason } from '../text.js';
import { validateEmail, validateUsername } from '../users/user.js';
import type { NamedAccount, SourceAuthToken, SourceChat } from './account-source.js';

/**
 * Returns every reason why an account cannot be imported, except for its password. The rules for new passwords, messages and
 * replies do not apply to imported ones, but a text that a database cannot store unchanged is a reason.
 */
export function validateAccount(account: NamedAccount): string[] {
  return [
    ...validateUsername(account.username).map((problem) => `username: ${problem}`),
    ...(account.email === null ? [] : validateEmail(account.email)).map((problem) => `email: ${problem}`),
    ...(isBalance(account.balance) ? [] : [`its balance is not a whole number from 0 to ${maxCredits}`]),
    ...(isKeepableTime(account.createdAt) ? [] : ['it is dated before 1970 or after 9999']),
    ...account.chats.flatMap(validateChat),
    ...account.authTokens.flatMap(validateAuthToken),
  ];
}

function isBalance(balance: number): boolean {
  return Number.isSafeInteger(balance) && balance >= 0;
}

function validateChat({ label, message, reply, createdAt }: SourceChat): string[] {
  const reasons = { message: unstorableReason(message), reply: unstorableReason(reply ?? '') };
  return [
    ...(reasons.message === null ? [] : [`the message of ${label} ${reasons.message}`]),
    ...(reasons.reply === null ? [] : [`the reply of ${label} ${reasons.reply}`]),
    ...(isKeepableTime(createdAt) ? [] : [`${label} is dated before 1970 or after 9999`]),
  ];
}

function validateAuthToken({ secret, createdAt }: SourceAuthToken): string[] {
  return [
    ...(isImportedAuthToken(secret) ? [] : ['its auth token is not 40 hexadecimal digits']),
    ...(isKeepableTime(createdAt) ? [] : ['its auth token is dated before 1970 or after 9999']),
  ];
}

const latestMs = Date.UTC(9999, 11, 31);

/** Returns true for a time that a UUIDv7 can contain and every RFC 3339 reader accepts. */
function isKeepableTime(time: Date | null): boolean {
  return time === null || (time.getTime() >= 0 && time.getTime() <= latestMs);
}
