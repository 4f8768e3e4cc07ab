import * as v from 'valibot';
import { durationPattern, formatDuration, millisecondsOf } from '../../../domain/duration.js';
import { maxCredits } from '../../../domain/ledger/entry.js';
import type { PageRequest } from '../../../domain/page.js';
import { maxCodes, maxRedemptionsOfCode, type VoucherBatch } from '../../../domain/vouchers/voucher.js';
import { batchName, documented, jsonObject, string } from '../kit/body-fields.js';
import { csvRow } from '../kit/csv.js';
import { defineRoute } from '../kit/define-route.js';
import { originOf } from '../kit/headers.js';
import { exampleId, exampleTime } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { idCursors } from '../kit/paging.js';
import { count, id, time } from '../kit/response-fields.js';
import { formatQuery, respondWithList, respondWithTable, tableQuery } from '../kit/send-list.js';
import { timestamp } from '../kit/timestamp.js';
import { listResponses } from './list-responses.js';

/** The domain validates it; here its rule is only documented. */
function wholeUpTo(maximum: number) {
  return documented(v.number('Must be a number.'), { type: 'integer', minimum: 1, maximum });
}

const durationMessage = 'Must be a duration such as 24h or 90d.';
const duration = v.pipe(string, v.regex(durationPattern, durationMessage), v.transform(millisecondsOf));

const newVouchers = namedSchema(
  'NewVouchers',
  jsonObject({
    count: wholeUpTo(maxCodes),
    credits: wholeUpTo(maxCredits),
    max_redemptions: v.optional(wholeUpTo(maxRedemptionsOfCode), 1),
    expires_at: v.nullish(timestamp),
    credits_expire_after: v.nullish(duration),
    name: v.nullish(batchName),
  }),
);

const vouchersResponse = namedSchema(
  'Vouchers',
  v.object({
    id,
    name: v.nullable(v.string()),
    count,
    credits: count,
    max_redemptions: count,
    redemptions: count,
    expires_at: v.nullable(time),
    credits_expire_after: v.nullable(v.string()),
    created_by: v.nullable(id),
    created_at: time,
    ended_at: v.nullable(time),
  }),
);

/** Also the codes, which are shown once. */
const createdVouchersResponse = namedSchema(
  'CreatedVouchers',
  v.object({ ...vouchersResponse.entries, codes: v.array(v.string()) }),
);

const exampleVouchers = {
  id: exampleId,
  name: 'Spring',
  count: 2,
  credits: 500,
  max_redemptions: 1,
  redemptions: 0,
  expires_at: '2031-03-31T22:00:00.000Z',
  credits_expire_after: '90d',
  created_by: exampleId,
  created_at: exampleTime,
  ended_at: null,
};

const columns = [
  ...['id', 'created_at', 'name', 'count', 'credits', 'max_redemptions', 'redemptions'],
  ...['expires_at', 'credits_expire_after', 'created_by', 'ended_at'],
];

export const listVouchers = defineRoute({
  method: 'GET',
  path: '/api/admin/vouchers/',
  id: 'listVouchers',
  tag: 'Administration',
  summary: 'List the batches of vouchers',
  description: 'Without their codes, which are shown only when a batch is created.',
  access: 'admin',
  query: tableQuery,
  responses: listResponses(vouchersResponse, columns),
  handler: ({ c, core, caller, query }) =>
    respondWithList(c, query, {
      name: 'vouchers',
      read: (page: PageRequest) => core.admin.vouchers({ caller }, page),
      cursors: idCursors,
      present: presentVouchers,
      columns,
      credits: { columns: ['credits'], unit: core.unit },
    }),
});

const codeColumns = ['code', 'credits', 'expires_at'];

export const createVouchers = defineRoute({
  method: 'POST',
  path: '/api/admin/vouchers/',
  id: 'createVouchers',
  tag: 'Administration',
  summary: 'Create a batch of vouchers',
  description:
    'Each code gives `credits` to `max_redemptions` accounts, once to each of them, until `expires_at` or until the batch is ended. The credits can be spent for as long as `credits_expire_after` says, such as `90d`, from the redemption on. The `name` of the batch is the reason in the ledger of the account. The codes are in this response and never shown again; with `Accept: text/csv` or `?format=csv` it is a CSV file of them.',
  access: 'admin',
  query: v.object(formatQuery),
  body: {
    schema: newVouchers,
    examples: {
      plain: { count: 50, credits: 500 },
      promotion: {
        ...{ count: 1, credits: 500, max_redemptions: 200, name: 'Spring' },
        ...{ expires_at: '2031-03-31T22:00:00Z', credits_expire_after: '90d' },
      },
    },
  },
  responses: {
    201: {
      description: 'The batch with its codes.',
      json: createdVouchersResponse,
      example: { ...exampleVouchers, codes: ['7KQ2-0VHM-9XTA-D4ZB', 'M3F8-QW1S-6EHN-2RYC'] },
      csvExample: csvRow(codeColumns),
    },
  },
  handler: async ({ c, core, caller, query, body }) => {
    const { batch, codes } = await core.admin.createVouchers({
      caller,
      terms: {
        count: body.count,
        credits: body.credits,
        maxRedemptions: body.max_redemptions,
        expiresAt: body.expires_at ?? null,
        creditsTtlMs: body.credits_expire_after ?? null,
        name: body.name ?? null,
      },
      origin: originOf(c),
    });
    const presented = presentVouchers(batch);
    const { credits, expires_at } = presented;
    return respondWithTable(c, query, {
      status: 201,
      json: { ...presented, codes } satisfies v.InferOutput<typeof createdVouchersResponse>,
      name: `vouchers-${batch.id}`,
      rows: codes.map((code) => ({ code, credits, expires_at })),
      columns: codeColumns,
      credits: { columns: ['credits'], unit: core.unit },
    });
  },
});

export const endVouchers = defineRoute({
  method: 'DELETE',
  path: '/api/admin/vouchers/{id}/',
  id: 'endVouchers',
  tag: 'Administration',
  summary: 'End a batch of vouchers',
  description: 'None of its codes can be redeemed any more. What was redeemed stays.',
  access: 'admin',
  responses: { 204: { description: 'The batch has ended.', json: null } },
  handler: async ({ c, core, caller, params }) => {
    await core.admin.endVouchers({ caller, batchId: params.id, origin: originOf(c) });
    return c.body(null, 204);
  },
});

function presentVouchers(batch: VoucherBatch): v.InferOutput<typeof vouchersResponse> {
  return {
    id: batch.id,
    name: batch.name,
    count: batch.count,
    credits: batch.credits,
    max_redemptions: batch.maxRedemptions,
    redemptions: batch.redemptions,
    expires_at: batch.expiresAt?.toISOString() ?? null,
    credits_expire_after: batch.creditsTtlMs === null ? null : formatDuration(batch.creditsTtlMs),
    created_by: batch.createdBy,
    created_at: batch.createdAt.toISOString(),
    ended_at: batch.endedAt?.toISOString() ?? null,
  };
}
