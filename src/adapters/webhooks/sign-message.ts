import { createHmac } from 'node:crypto';
import type { WebhookMessage } from '../../ports/webhook-sender.js';

/** Returns the body of a message, in the names of the HTTP API. */
export function messageBody({ id, type, accountId, sequence, createdAt, data }: WebhookMessage): string {
  return JSON.stringify({
    id,
    type,
    account_id: accountId,
    sequence,
    created_at: createdAt.toISOString(),
    data: withApiNames(data),
  });
}

/** Returns an object with the names of its fields in the form of the HTTP API, such as `entry_id` for `entryId`. */
function withApiNames(data: object): object {
  const named = Object.entries(data).map(([name, value]): [string, unknown] => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  return Object.fromEntries(named);
}

/**
 * Returns the headers by which a receiver verifies a message, as Standard Webhooks specify them.
 *
 * @param secret `whsec_` and the key in base64.
 */
export function signatureHeaders(
  { id, body, at }: { id: string; body: string; at: Date },
  secret: string,
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
