import type { Mail } from '../../ports/mailer.js';
import { composeMail, type Addressee } from '../users/account-mails.js';

/** A mail that says that an account has a new second factor. */
export function factorAddedMail(to: Addressee, factor: string, accountLink: string): Mail {
  return composeMail(to, 'A new second factor for your account', [
    `You can now use ${factor} to sign in to your account.`,
    'If you did not add it, sign in, remove it and change your password:',
    { href: accountLink },
  ]);
}

/** A mail that says that a second factor of an account was removed by its owner. */
export function factorRemovedMail(to: Addressee, factor: string, accountLink: string): Mail {
  return composeMail(to, 'A second factor of your account was removed', [
    `Your account can no longer be used with ${factor}.`,
    'If you did not remove it, sign in, change your password and set up a second factor:',
    { href: accountLink },
  ]);
}

/** A mail that says that a passkey was refused, since its counter says that it may have been copied. */
export function copiedPasskeyMail(to: Addressee, name: string, accountLink: string): Mail {
  return composeMail(to, 'A passkey of your account may have been copied', [
    `The passkey “${name}” was refused: its device has counted fewer uses than your account has. This happens if a passkey ` +
      'was copied, and sometimes if a device fails.',
    'If you did not just use it yourself, or if it happens again, remove this passkey and add a new one:',
    { href: accountLink },
  ]);
}

/** A mail that says that every second factor of an account was removed, because one was lost. */
export function factorsResetMail(to: Addressee, forgottenLink: string): Mail {
  return composeMail(to, 'Your second factors were removed', [
    'An administrator removed every second factor of your account, and every device was signed out. You sign in with your ' +
      'password, and can set up second factors again.',
    'If you did not ask for this, choose a new password here and contact the operator of this service:',
    { href: forgottenLink },
  ]);
}
