import { isImportedAuthToken } from '../auth/imported-auth-token.js';
import { maxCredits } from '../ledger/entry.js';
import { unstorableReason } from '../text.js';
import { validateEmail, validateUsername } from '../users/user.js';
import type { NamedAccount, SourceAuthToken, SourceChat } from './account-source.js';

/**
 * Every reason why an account cannot come as it is, but for its password. Rules for new passwords, messages and
 * replies do not bind what was accepted elsewhere; what no database could give back as it was does not come.
 */
export function validateAccount(account: NamedAccount): string[] {
  return [
    ...validateUsername(account.username).map((fault) => `username: ${fault}`),
    ...(account.email === null ? [] : validateEmail(account.email)).map((fault) => `email: ${fault}`),
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

/** The times that a UUIDv7 can begin with and every reader of RFC 3339 knows. */
function isKeepableTime(time: Date | null): boolean {
  return time === null || (time.getTime() >= 0 && time.getTime() <= latestMs);
}
