/** A part of a mail: a text, or a link, which has a line of its own. */
export type Paragraph = string | { href: string };

export interface MailText {
  subject: string;
  /** Without the greeting. */
  paragraphs: readonly Paragraph[];
}

/** The last characters of a key identify it, without being a secret. */
export interface NamedKey {
  name: string;
  lastCharacters: string;
}

/** A second factor; the name of a passkey is null where it is not known. */
export type NamedFactor = { kind: 'totp' } | { kind: 'passkey'; name: string | null };

/** The mails that a request causes, in one language. Links are URLs. */
export interface MailTexts {
  greeting: (username: string) => string;
  /** Asks the owner of an address to confirm it. */
  confirmation: (link: string) => MailText;
  /** Leads to the page that sets a new password. */
  reset: (link: string) => MailText;
  /** Says that the password of an account was changed, and whether its owner or an administrator did it. */
  passwordChanged: (
    change: { by: 'owner' | 'reset' | 'administrator'; removedKeys: number },
    forgottenLink: string,
  ) => MailText;
  /** Says that an account has a new API key. */
  newKey: (key: NamedKey, accountLink: string) => MailText;
  /** Says that an identity was added to an account, which can sign in by it from now on. */
  linkedIdentity: (provider: string, accountLink: string) => MailText;
  /** Says to an administrator that a service key was created in their name. */
  newServiceKey: (key: NamedKey & { scopes: readonly string[] }, administrationLink: string) => MailText;
  /** Says to the current address of an account that it is about to change, with a link that cancels the change. */
  emailChange: (newEmail: string | null, cancelLink: string) => MailText;
  /** Says to the current address of an account that an administrator is changing it or has removed it. */
  emailChangedByAdmin: (newEmail: string | null) => MailText;
  /** Says to the replaced address of an account that the former one was restored. */
  emailRestored: () => MailText;
  /** Says that an account has a new second factor. */
  factorAdded: (factor: NamedFactor, accountLink: string) => MailText;
  /** Says that a second factor of an account was removed by its owner. */
  factorRemoved: (factor: NamedFactor, accountLink: string) => MailText;
  /** Says that a passkey was refused, since its counter says that it may have been copied. */
  copiedPasskey: (name: string, accountLink: string) => MailText;
  /** Says that every second factor of an account was removed, because one was lost. */
  factorsReset: (forgottenLink: string) => MailText;
}
