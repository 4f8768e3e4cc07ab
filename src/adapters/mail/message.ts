import type { SendMailOptions } from 'nodemailer';
import type { Mail } from '../../ports/mailer.js';

/** Who a mail is from. */
export interface Sender {
  /** Empty for an address without a name. */
  name: string;
  address: string;
}

/** A mail with its headers. Nothing of it is read from files or addresses elsewhere. */
export function messageOf(mail: Mail, from: Sender): SendMailOptions & Pick<Mail, 'text' | 'html'> {
  return {
    from,
    // As an object, so that it is one address, whatever characters it has.
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    xMailer: false,
    // So that no out-of-office reply comes back (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
