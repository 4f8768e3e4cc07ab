import type { Mail } from '../../ports/mailer.js';

/** Whom a mail about an account goes to: nowhere but to the address that the account has. */
export interface Addressee {
  userId: string;
  username: string;
  email: string;
}

/** Asks the owner of an address to confirm that it is theirs. */
export function confirmationMail(to: Addressee, link: string): Mail {
  return compose(to, 'Confirm your email address', link, {
    before: 'Please confirm that this is your email address. Open this page and press its button:',
    after:
      'The link works once, within 24 hours. If you have no account of this name with us, ignore this mail: ' +
      'without the button nothing is confirmed.',
  });
}

/** Brings the owner of an account to the page that takes a new password. */
export function resetMail(to: Addressee, link: string): Mail {
  return compose(to, 'Choose a new password', link, {
    before: 'Somebody asked for a new password for your account. To choose one, open this page:',
    after:
      'The link works once, within 1 hour, and a new password signs out every device. If it was not you who asked, ' +
      'ignore this mail: your password stays as it is.',
  });
}

function compose(
  to: Addressee,
  subject: string,
  link: string,
  words: { before: string; after: string },
): Mail {
  const greeting = `Hello ${to.username},`;
  const paragraphs = [greeting, words.before].map((text) => `<p>${escapeHtml(text)}</p>`);
  const anchor = `<p><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></p>`;
  return {
    userId: to.userId,
    to: to.email,
    subject,
    text: `${[greeting, words.before, link, words.after].join('\n\n')}\n`,
    html:
      `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>\n` +
      `<body>\n${[...paragraphs, anchor, `<p>${escapeHtml(words.after)}</p>`].join('\n')}\n</body></html>\n`,
  };
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
