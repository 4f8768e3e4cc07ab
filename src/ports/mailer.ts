/** A mail to one recipient, with the same content in plain text and in HTML. */
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
   * Queues a mail and returns at once; the mail is sent in the background. Never throws: if a mail cannot be sent, that is
   * logged, without its content, with the id of the request that caused it.
   */
  post(mail: Mail, requestId?: string): void;
  /** Deletes stored mails about an account, in the background. Does nothing if the mailer stores none. */
  forget(userId: string, requestId?: string): void;
}
