/** A mail to one person, the same in plain text and in HTML. */
export interface Mail {
  /** The account that it is about. */
  userId: string;
  /** One address. */
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** Sends mails. */
export interface Mailer {
  /**
   * Takes a mail and returns at once; it leaves in the background. Never throws: a mail that could not leave is in the
   * log, without its contents, under the id of the request that asked for it.
   */
  post(mail: Mail, requestId?: string): void;
  /** Removes what is kept here of mails about an account, in the background; where nothing is kept, does nothing. */
  forget(userId: string, requestId?: string): void;
}
