import { webhookSender } from '../../../src/adapters/webhooks/webhook-sender.js';
import type { WebhookSender } from '../../../src/ports/webhook-sender.js';

/** Rejects the URLs that a server rejects, and sends nothing: every receiver accepts. */
export const acceptingReceiver: WebhookSender = {
  urlProblem: (url) => webhookSender().urlProblem(url),
  send: () => Promise.resolve({ outcome: 'accepted', status: 204 }),
};
