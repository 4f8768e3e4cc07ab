/** What is sent to an endpoint. */
export interface WebhookMessage {
  /** The id of the event, the same in each attempt. */
  id: string;
  type: string;
  /** The account; null for a test. */
  accountId: string | null;
  /** The number within the account; null for a test. */
  sequence: number | null;
  createdAt: Date;
  data: object;
}

/** How a receiver responded. */
export type WebhookResponse =
  /** With a status of 200 to 299. */
  | { outcome: 'accepted'; status: number }
  /** With another status. Redirects are not followed. */
  | { outcome: 'rejected'; status: number }
  /** Not at all; `error` says why, for administrators. */
  | { outcome: 'failed'; error: string };

/** Sends events over HTTP, signed as Standard Webhooks specify. */
export interface WebhookSender {
  /** Returns what is wrong with the URL of an endpoint, as far as it can be said without a network; or null. */
  urlProblem(url: string): string | null;
  /**
   * Sends a message once. Never rejects. Connects to no address of a private network, unless the operator allows it; the address
   * that is checked is the one that it connects to. Takes at most 10 seconds and reads at most 64 KiB.
   *
   * @param at The time for the signature.
   */
  send(
    endpoint: { url: string; secret: string },
    message: WebhookMessage,
    at: Date,
  ): Promise<WebhookResponse>;
}
