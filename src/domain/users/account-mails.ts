import type { Mail } from '../../ports/mailer.js';
import { deliveryAddress } from './email-address.js';

/** The recipient of a mail about an account. */
export interface Addressee {
  userId: string;
  username: string;
  email: string;
}

/** A mail that asks the owner of an address to confirm it. */
export function confirmationMail(to: Addressee, link: string): Mail {
  return composeMail(to, 'Confirm your email address', [
    'Please confirm that this is your email address. Open this page and press the button:',
    { href: link },
    'The link works once, within 24 hours. If you do not have an account with this name, ignore this mail: ' +
      'nothing is confirmed unless you press the button.',
  ]);
}

/** A mail with a link to the page that sets a new password. */
export function resetMail(to: Addressee, link: string): Mail {
  return composeMail(to, 'Choose a new password', [
    'A new password was requested for your account. To choose one, open this page:',
    { href: link },
    'The link works once, within 1 hour. A new password signs out every device and removes every API key: ' +
      'programs that use one require a new key. If you did not request this, ignore this mail: your password does not change.',
  ]);
}

/** A mail that says that the password of an account was changed. `by` is who changed it. */
export function passwordChangedMail(
  to: Addressee,
  change: { by: 'owner' | 'reset' | 'administrator'; removedKeys: number },
  forgottenLink: string,
): Mail {
  const what = {
    owner: 'The password of your account was changed, and every other device was signed out.',
    reset:
      'The password of your account was reset through a mail to this address, and every device was signed out.',
    administrator: 'An administrator set a new password for your account, and every device was signed out.',
  }[change.by];
  const keys = change.removedKeys === 0 ? '' : ` Removed API keys: ${change.removedKeys}.`;
  return composeMail(to, 'Your password was changed', [
    what + keys,
    'If you did not expect this, choose a new password here:',
    { href: forgottenLink },
  ]);
}

/** A mail that says that an account has a new API key. */
export function newKeyMail(
  to: Addressee,
  key: { name: string; lastCharacters: string },
  accountLink: string,
): Mail {
  return composeMail(to, 'A new API key for your account', [
    `An API key was created for your account: “${key.name}”, which ends in ${key.lastCharacters}. ` +
      'A program that has it can chat from your balance.',
    'If you did not create it, sign in, remove the key and change your password:',
    { href: accountLink },
  ]);
}

/** A mail that says that an identity was added to an account, which can sign in by it from now on. */
export function linkedIdentityMail(to: Addressee, provider: string, accountPage: string): Mail {
  return composeMail(to, 'A new way to sign in to your account', [
    `You can now sign in to your account by ${provider}.`,
    'If you did not add this, sign in, remove it and change your password:',
    { href: accountPage },
  ]);
}

/** A mail to an administrator that says that a service key was created in their name. */
export function newServiceKeyMail(
  to: Addressee,
  key: { name: string; lastCharacters: string; scopes: readonly string[] },
  administrationLink: string,
): Mail {
  return composeMail(to, 'A new service key', [
    `A service key was created from your account: “${key.name}”, which ends in ${key.lastCharacters}. ` +
      `A program that has it can use its scopes on every account: ${key.scopes.join(', ')}.`,
    'If you did not create it, remove the key and change your password:',
    { href: administrationLink },
  ]);
}

/** A mail to the current address of an account about a requested change, with a link that cancels it. */
export function emailChangeMail(to: Addressee, newEmail: string | null, cancelLink: string): Mail {
  return composeMail(to, 'Your email address is about to change', [
    newEmail === null
      ? 'This address was removed from your account. You will not receive mails about the account any more.'
      : `The email address of your account is about to change to ${newEmail}. The change takes effect once that address is confirmed; ` +
        'until then mails go to this one.',
    'If you requested this, you do not have to do anything. If not, open this page and press the button to keep this address:',
    { href: cancelLink },
    'The link works until 7 days after the change. If the change has already taken effect, it is undone and every device is ' +
      'signed out. Then choose a new password, because the person who changed the address knows the current one.',
  ]);
}

/** A mail to the current address of an account that an administrator is changing or has removed. */
export function emailChangedByAdminMail(to: Addressee, newEmail: string | null): Mail {
  return composeMail(to, 'Your email address is about to change', [
    newEmail === null
      ? 'An administrator removed this address from your account.'
      : `An administrator is changing the email address of your account to ${newEmail}. The change takes effect once that ` +
        'address is confirmed.',
    'If you did not expect this, contact the operator of this service.',
  ]);
}

/** A mail to the replaced address of an account, whose former address was restored. */
export function emailRestoredMail(to: Addressee): Mail {
  return composeMail(to, 'The change of your email address was undone', [
    'The former address of your account was restored through a link that was sent to it, and every device was signed ' +
      'out. Mails about the account do not go to this address any more.',
  ]);
}

/** A mail that says that the balance of an account is low. Amounts have their unit. */
export function lowBalanceMail(
  to: Addressee,
  { available, threshold }: { available: string; threshold: string },
  accountLink: string,
): Mail {
  return composeMail(to, 'Your balance is low', [
    `Your balance is ${available}, which is less than ${threshold}.`,
    'To get more, to choose another threshold or to turn these mails off, open your account:',
    { href: accountLink },
  ]);
}

/** A mail that says that an order is paid. `credits` has its unit. */
export function paidOrderMail(
  to: Addressee,
  { orderId, credits }: { orderId: string; credits: string },
  accountLink: string,
): Mail {
  return composeMail(to, 'Your order is paid', [
    `Thank you. ${credits} were added to your balance by the order ${orderId}.`,
    'To see the order or to turn these mails off, open your account:',
    { href: accountLink },
  ]);
}

/** A mail to an administrator about an endpoint that was disabled. */
export function disabledEndpointMail(to: Addressee, url: string, administrationLink: string): Mail {
  return composeMail(to, 'A webhook endpoint was disabled', [
    `The deliveries to ${url} failed, and no further attempts are made. What was not delivered is kept for 7 days: ` +
      'once the receiver works again, enable the endpoint, and it gets everything in order.',
    { href: administrationLink },
  ]);
}

type Paragraph = string | { href: string };

/** Composes a mail about an account, in plain text and in HTML. */
export function composeMail(to: Addressee, subject: string, paragraphs: readonly Paragraph[]): Mail {
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
