import type { Mailer } from '../../ports/mailer.js';
import type { Origin } from '../audit/audit-event.js';
import { composeMail, type Addressee } from './compose-mail.js';
import { defaultLanguage } from './language.js';
import type { MailText, MailTexts } from './mail-texts.js';

/** Sends a mail about an account, in the language of the request that causes it. `textOf` chooses among the mails of that language. */
export function postMail(
  { mailer }: { mailer: Pick<Mailer, 'post'> },
  to: Addressee,
  { language = defaultLanguage, requestId }: Origin,
  textOf: (mails: MailTexts) => MailText,
): void {
  mailer.post(composeMail(to, language, textOf), requestId);
}
