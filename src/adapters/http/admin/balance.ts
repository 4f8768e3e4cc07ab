import * as v from 'valibot';
import { defaultPriorities } from '../../../domain/metering/lot.js';
import { entryResponse, presentEntry } from '../account/ledger-entries.js';
import { timestamp } from '../kit/timestamp.js';
import { amount, jsonObject, objectId, priority, reason } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { idempotencyKeyOf, originOf } from '../kit/headers.js';
import { namedSchema } from '../kit/openapi/named-schema.js';

const adjustment = namedSchema(
  'Adjustment',
  jsonObject({
    amount,
    reason,
    expires_at: v.nullish(timestamp),
    priority: v.nullish(priority),
    lot_id: v.nullish(objectId),
  }),
);

export const adjustBalance = defineRoute({
  method: 'POST',
  path: '/api/admin/users/{id}/tokens/',
  id: 'adjustBalance',
  tag: 'Administration',
  summary: 'Add or remove tokens',
  description: `Creates one entry in the ledger. A balance never goes below zero. If the account has a debt, what an administrator adds pays it first, by an entry \`debt\`; what a service key adds does not. Tokens that are added are a lot of their own: from \`expires_at\` on they cannot be spent, and the lot with the lowest \`priority\` is spent first (${defaultPriorities.grant} by default). Tokens that are removed are taken from the lot \`lot_id\` first, then in the order in which they are spent.`,
  access: 'admin',
  scope: 'grants',
  isIdempotent: true,
  body: {
    schema: adjustment,
    examples: {
      give: { amount: 500, reason: 'A gift' },
      promotion: { amount: 500, reason: 'Spring', expires_at: '2031-03-31T22:00:00Z', priority: 15 },
    },
  },
  responses: { 201: { description: 'The entry.', json: entryResponse } },
  problems: ['balance_out_of_range'],
  handler: async ({ c, core, caller, params, body }) => {
    const { entry, replayed } = await core.admin.adjustBalance({
      amount: body.amount,
      reason: body.reason,
      expiresAt: body.expires_at ?? null,
      priority: body.priority ?? null,
      lotId: body.lot_id ?? null,
      caller,
      userId: params.id,
      idempotencyKey: idempotencyKeyOf(c),
      origin: originOf(c),
    });
    if (replayed) c.header('Idempotent-Replayed', 'true');
    return c.json(presentEntry(entry), 201);
  },
});
