import type { Mail } from '../../ports/mailer.js';
import { deliveryAddress } from './email-address.js';

/** Whom a mail about an account goes to: nowhere but to the address that the account has. */
export interface Addressee {
  userId: string;
  username: string;
  email: string;
}

/** Asks the owner of an address to confirm that it is theirs. */
export function confirmationMail(to: Addressee, link: string): Mail {
  return compose(to, 'Confirm your email address', [
    'Please confirm that this is your email address. Open this page and press its button:',
    { href: link },
    'The link works once, within 24 hours. If you have no account of this name with us, ignore this mail: ' +
      'without the button nothing is confirmed.',
  ]);
}

/** Brings the owner of an account to the page that takes a new password. */
export function resetMail(to: Addressee, link: string): Mail {
  return compose(to, 'Choose a new password', [
    'Somebody asked for a new password for your account. To choose one, open this page:',
    { href: link },
    'The link works once, within 1 hour. A new password signs out every device and removes every API key: programs ' +
      'that use one need a new key. If it was not you who asked, ignore this mail: your password stays as it is.',
  ]);
}

/** Tells the owner of an account that its password was changed. `by` is who changed it. */
export function passwordChangedMail(
  to: Addressee,
  change: { by: 'owner' | 'reset' | 'administrator'; removedKeys: number },
  forgottenLink: string,
): Mail {
  const what = {
    owner: 'The password of your account was changed, and every other device was signed out.',
    reset:
      'The password of your account was replaced through a mail to this address, and every device was signed out.',
    administrator: 'An administrator set a new password for your account, and every device was signed out.',
  }[change.by];
  const keys = change.removedKeys === 0 ? '' : ` API keys that were removed: ${change.removedKeys}.`;
  return compose(to, 'Your password was changed', [
    what + keys,
    'If this is not what you wanted, choose a new password here:',
    { href: forgottenLink },
  ]);
}

/** Tells the owner of an account that it has a new API key. */
export function newKeyMail(
  to: Addressee,
  key: { name: string; lastCharacters: string },
  accountLink: string,
): Mail {
  return compose(to, 'A new API key for your account', [
    `An API key was made for your account: “${key.name}”, which ends in ${key.lastCharacters}. ` +
      'It lets a program chat from your balance.',
    'If it was not you, sign in, remove the key and change your password:',
    { href: accountLink },
  ]);
}

/** Tells the former address of an account that its email is to change, and how to keep it. */
export function emailChangeMail(to: Addressee, newEmail: string | null, cancelLink: string): Mail {
  return compose(to, 'Your email address is about to change', [
    newEmail === null
      ? 'This address was removed from your account. Mails about the account do not reach you any more.'
      : `The email address of your account is about to change to ${newEmail}. It changes once that address is confirmed; ` +
        'until then this one stays in force.',
    'If this was you, there is nothing to do. If not, open this page and press its button to keep this address:',
    { href: cancelLink },
    'The link works until 7 days after the change. If the change has taken effect by then, every device is signed out: ' +
      'choose a new password afterwards, because the person who changed the address knows the old one.',
  ]);
}

/** Tells the address that an account had that an administrator changes or removes it. */
export function emailChangedByAdminMail(to: Addressee, newEmail: string | null): Mail {
  return compose(to, 'Your email address is about to change', [
    newEmail === null
      ? 'An administrator removed this address from your account.'
      : `An administrator is changing the email address of your account to ${newEmail}. It changes once that address is ` +
        'confirmed.',
    'If you did not expect this, ask the people who run this service.',
  ]);
}

/** Tells the address that an account had that the change to it was undone. */
export function emailRestoredMail(to: Addressee): Mail {
  return compose(to, 'The change of your email address was undone', [
    'The address that your account had before was put back through a link that was sent to it, and every device was ' +
      'signed out. Mails about the account do not go to this address any more.',
  ]);
}

type Paragraph = string | { href: string };

function compose(to: Addressee, subject: string, paragraphs: readonly Paragraph[]): Mail {
  const all: readonly Paragraph[] = [`Hello ${to.username},`, ...paragraphs];
  return {
    userId: to.userId,
    to: deliveryAddress(to.email),
    subject,
    text: `${all.map((part) => (typeof part === 'string' ? part : part.href)).join('\n\n')}\n`,
    html:
      `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>\n` +
      `<body>\n${all.map(paragraphHtml).join('\n')}\n</body></html>\n`,
  };
}

function paragraphHtml(part: Paragraph): string {
  if (typeof part === 'string') return `<p>${escapeHtml(part)}</p>`;
  return `<p><a href="${escapeHtml(part.href)}">${escapeHtml(part.href)}</a></p>`;
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
