import * as v from 'valibot';
import { defineRoute } from '../kit/define-route.js';
import { readBytes } from '../kit/read-body.js';

export const receivePaymentEvent = defineRoute({
  method: 'POST',
  path: '/api/payments/webhook/',
  id: 'receivePaymentEvent',
  tag: 'Orders',
  summary: 'Receive an event of the payment provider',
  description:
    'For the payment provider, which signs the body. An event that cannot be applied yet gets 409, so that the provider repeats it; `rejected` was applied to nothing and is shown to administrators.',
  access: 'anyone',
  responses: {
    200: {
      description: 'The event was received.',
      json: v.object({ outcome: v.picklist(['applied', 'seen', 'rejected', 'ignored']) }),
      example: { outcome: 'applied' },
    },
  },
  problems: ['invalid_signature', 'payment_pending', 'malformed_body', 'unsupported_media_type'],
  handler: async ({ c, core }) => {
    const rawBody = await readBytes(c);
    const outcome = await core.orders.receiveEvent({ rawBody, headers: c.req.header() });
    return c.json({ outcome });
  },
});
