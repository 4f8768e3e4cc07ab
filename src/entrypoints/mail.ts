// `metered-chat/mail`: mailers.

export { fileMailer } from '../adapters/mail/file-mailer.js';
export { smtpMailer } from '../adapters/mail/smtp-mailer.js';
export type { Sender } from '../adapters/mail/message.js';
export type { Outbox } from '../adapters/mail/outbox.js';
