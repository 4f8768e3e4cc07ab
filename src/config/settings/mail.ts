import * as v from 'valibot';
import { validateEmail } from '../../domain/users/user.js';
import { defaultPolicy } from '../../domain/policy.js';
import { optionalSetting, secretSetting, setting } from '../setting.js';
import { flag } from '../values/choices.js';

const smtpUrl = v.pipe(
  v.string(),
  v.check(isSmtpUrl, 'must be a URL such as smtps://user:password@mail.example.com or smtp://localhost:1025'),
);

/** Paths and parameters are rejected, because they would have no effect. */
function isSmtpUrl(text: string): boolean {
  if (!/^smtps?:\/\/[^\s?#/]+\/?$/.test(text) || !URL.canParse(text)) return false;
  try {
    decodeURIComponent(text);
    return new URL(text).hostname !== '';
  } catch {
    return false;
  }
}

const sender = v.pipe(
  v.string(),
  v.transform((text) => /^(?:"?([^"<>\p{C}]*?)"?\s*<([^<>]*)>|([^<>]*))$/u.exec(text)),
  v.check(
    (parts) => parts !== null && validateEmail(parts[2] ?? parts[3] ?? '').length === 0,
    'must be an address such as chat@example.com or Metered Chat <chat@example.com>',
  ),
  v.transform((parts) => ({ name: parts?.[1]?.trim() ?? '', address: parts?.[2] ?? parts?.[3] ?? '' })),
);

export const mailSettings = {
  SMTP_URL: secretSetting(smtpUrl, {
    help: 'The server that sends mails; without it, mails are written to files in DATA_DIR/mail.',
  }),
  MAIL_FROM: optionalSetting(sender, { help: 'The sender of mails; required if SMTP_URL is set.' }),
  REQUIRE_VERIFIED_EMAIL: setting(flag, {
    default: String(defaultPolicy.requireVerifiedEmail),
    help: 'Set to true to allow chat only to accounts with a confirmed email address.',
  }),
};

/** What is wrong with the combination of mail settings. */
export function mailProblems(isSet: (name: string) => boolean): string[] {
  return isSet('SMTP_URL') && !isSet('MAIL_FROM') ? ['MAIL_FROM is required if SMTP_URL is set'] : [];
}
