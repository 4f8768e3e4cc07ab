import * as v from 'valibot';
import { entryResponse, presentEntry } from '../account/ledger-entries.js';
import { amount, reason } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { idempotencyKeyOf, originOf } from '../kit/headers.js';
import { namedSchema } from '../kit/openapi/named-schema.js';

const adjustment = namedSchema('Adjustment', v.object({ amount, reason }, 'Must be a JSON object.'));

export const adjustBalance = defineRoute({
  method: 'POST',
  path: '/api/admin/users/{id}/tokens/',
  id: 'adjustBalance',
  tag: 'Administration',
  summary: 'Add or remove tokens',
  description: 'Creates one entry in the ledger. A balance never goes below zero.',
  access: 'admin',
  scope: 'grants',
  isIdempotent: true,
  body: { schema: adjustment, examples: { give: { amount: 500, reason: 'A gift' } } },
  responses: { 201: { description: 'The entry.', json: entryResponse } },
  problems: ['balance_out_of_range'],
  handler: async ({ c, core, caller, params, body }) => {
    const { entry, replayed } = await core.admin.adjustBalance({
      ...body,
      caller,
      userId: params.id,
      idempotencyKey: idempotencyKeyOf(c),
      origin: originOf(c),
    });
    if (replayed) c.header('Idempotent-Replayed', 'true');
    return c.json(presentEntry(entry), 201);
  },
});
