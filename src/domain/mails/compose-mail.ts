import type { Mail } from '../../ports/mailer.js';
import { deliveryAddress } from '../users/email-address.js';
import { englishMails } from './english-mails.js';
import { germanMails } from './german-mails.js';
import type { Language } from './language.js';
import type { MailText, MailTexts, Paragraph } from './mail-texts.js';

const textsByLanguage: Record<Language, MailTexts> = { en: englishMails, de: germanMails };

/** The recipient of a mail about an account. */
export interface Addressee {
  userId: string;
  username: string;
  email: string;
}

/** Composes a mail about an account, in plain text and in HTML. `textOf` chooses among the mails of the language. */
export function composeMail(to: Addressee, language: Language, textOf: (mails: MailTexts) => MailText): Mail {
  const mails = textsByLanguage[language];
  const { subject, paragraphs } = textOf(mails);
  const all: readonly Paragraph[] = [mails.greeting(to.username), ...paragraphs];
  return {
    userId: to.userId,
    to: deliveryAddress(to.email),
    subject,
    text: `${all.map((part) => (typeof part === 'string' ? part : part.href)).join('\n\n')}\n`,
    html:
      `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>\n` +
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
