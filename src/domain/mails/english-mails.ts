import type { MailTexts, NamedFactor } from './mail-texts.js';

export const englishMails: MailTexts = {
  greeting: (username) => `Hello ${username},`,
  confirmation: (link) => ({
    subject: 'Confirm your email address',
    paragraphs: [
      'Please confirm that this is your email address. Open this page and press the button:',
      { href: link },
      'The link works once, within 24 hours. If you do not have an account with this name, ignore this mail: ' +
        'nothing is confirmed unless you press the button.',
    ],
  }),
  reset: (link) => ({
    subject: 'Choose a new password',
    paragraphs: [
      'A new password was requested for your account. To choose one, open this page:',
      { href: link },
      'The link works once, within 1 hour. A new password signs out every device and removes every API key: ' +
        'programs that use one require a new key. If you did not request this, ignore this mail: your password does not change.',
    ],
  }),
  passwordChanged: ({ by, removedKeys }, forgottenLink) => ({
    subject: 'Your password was changed',
    paragraphs: [
      {
        owner: 'The password of your account was changed, and every other device was signed out.',
        reset:
          'The password of your account was reset through a mail to this address, and every device was signed out.',
        administrator:
          'An administrator set a new password for your account, and every device was signed out.',
      }[by] + (removedKeys === 0 ? '' : ` Removed API keys: ${removedKeys}.`),
      'If you did not expect this, choose a new password here:',
      { href: forgottenLink },
    ],
  }),
  newKey: ({ name, lastCharacters }, accountLink) => ({
    subject: 'A new API key for your account',
    paragraphs: [
      `An API key was created for your account: “${name}”, which ends in ${lastCharacters}. ` +
        'A program that has it can chat from your balance.',
      'If you did not create it, sign in, remove the key and change your password:',
      { href: accountLink },
    ],
  }),
  linkedIdentity: (provider, accountLink) => ({
    subject: 'A new way to sign in to your account',
    paragraphs: [
      `You can now sign in to your account by ${provider}.`,
      'If you did not add this, sign in, remove it and change your password:',
      { href: accountLink },
    ],
  }),
  newServiceKey: ({ name, lastCharacters, scopes }, administrationLink) => ({
    subject: 'A new service key',
    paragraphs: [
      `A service key was created from your account: “${name}”, which ends in ${lastCharacters}. ` +
        `A program that has it can use its scopes on every account: ${scopes.join(', ')}.`,
      'If you did not create it, remove the key and change your password:',
      { href: administrationLink },
    ],
  }),
  emailChange: (newEmail, cancelLink) => ({
    subject: 'Your email address is about to change',
    paragraphs: [
      newEmail === null
        ? 'This address was removed from your account. You will not receive mails about the account any more.'
        : `The email address of your account is about to change to ${newEmail}. The change takes effect once that address is ` +
          'confirmed; until then mails go to this one.',
      'If you requested this, you do not have to do anything. If not, open this page and press the button to keep this address:',
      { href: cancelLink },
      'The link works until 7 days after the change. If the change has already taken effect, it is undone and every device is ' +
        'signed out. Then choose a new password, because the person who changed the address knows the current one.',
    ],
  }),
  emailChangedByAdmin: (newEmail) => ({
    subject: 'Your email address is about to change',
    paragraphs: [
      newEmail === null
        ? 'An administrator removed this address from your account.'
        : `An administrator is changing the email address of your account to ${newEmail}. The change takes effect once that ` +
          'address is confirmed.',
      'If you did not expect this, contact the operator of this service.',
    ],
  }),
  emailRestored: () => ({
    subject: 'The change of your email address was undone',
    paragraphs: [
      'The former address of your account was restored through a link that was sent to it, and every device was signed ' +
        'out. Mails about the account do not go to this address any more.',
    ],
  }),
  factorAdded: (factor, accountLink) => ({
    subject: 'A new second factor for your account',
    paragraphs: [
      `You can now use ${nameOf(factor)} to sign in to your account.`,
      'If you did not add it, sign in, remove it and change your password:',
      { href: accountLink },
    ],
  }),
  factorRemoved: (factor, accountLink) => ({
    subject: 'A second factor of your account was removed',
    paragraphs: [
      `Your account can no longer be used with ${nameOf(factor)}.`,
      'If you did not remove it, sign in, change your password and set up a second factor:',
      { href: accountLink },
    ],
  }),
  copiedPasskey: (name, accountLink) => ({
    subject: 'A passkey of your account may have been copied',
    paragraphs: [
      `The passkey “${name}” was refused: its device has counted fewer uses than your account has. This happens if a passkey ` +
        'was copied, and sometimes if a device fails.',
      'If you did not just use it yourself, or if it happens again, remove this passkey and add a new one:',
      { href: accountLink },
    ],
  }),
  factorsReset: (forgottenLink) => ({
    subject: 'Your second factors were removed',
    paragraphs: [
      'An administrator removed every second factor of your account, and every device was signed out. You sign in with your ' +
        'password, and can set up second factors again.',
      'If you did not ask for this, choose a new password here and contact the operator of this service:',
      { href: forgottenLink },
    ],
  }),
};

function nameOf(factor: NamedFactor): string {
  if (factor.kind === 'totp') return 'an authenticator app';
  return factor.name === null ? 'a passkey' : `the passkey “${factor.name}”`;
}
