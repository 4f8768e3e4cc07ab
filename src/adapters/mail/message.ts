import type { SendMailOptions } from 'nodemailer';
import type { Mail } from '../../ports/mailer.js';

/** The sender of mails. */
export interface Sender {
  /** Empty for an address without a name. */
  name: string;
  address: string;
}

/** Converts a mail to a nodemailer message, which must not read files or URLs. */
export function messageOf(mail: Mail, from: Sender): SendMailOptions & Pick<Mail, 'text' | 'html'> {
  return {
    from,
    // As an object, so that special characters cannot add addresses.
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    xMailer: false,
    // Prevents automatic replies (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
