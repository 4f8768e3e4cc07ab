import * as v from 'valibot';
import type { RedeemedVoucher } from '../../../domain/vouchers/redeem-voucher.js';
import type { Redemption } from '../../../domain/vouchers/voucher.js';
import { jsonObject, voucherCode } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { originOf, setLimitHeaders } from '../kit/headers.js';
import { exampleId, exampleTime } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count, id, time } from '../kit/response-fields.js';

const redeemedVoucherResponse = namedSchema(
  'RedeemedVoucher',
  v.object({ id, credits: count, expires_at: v.nullable(time), remaining_tokens: count, created_at: time }),
);

export const redeemVoucher = defineRoute({
  method: 'POST',
  path: '/api/vouchers/redeem/',
  id: 'redeemVoucher',
  tag: 'Tokens',
  summary: 'Redeem a voucher',
  description:
    'Adds its credits to the balance, as a lot of their own. The code can be typed in small letters, with or without hyphens and spaces. Each account can redeem a voucher once. Wrong codes are limited; right ones are not counted.',
  access: 'account',
  rateLimit: 'in-handler',
  body: {
    schema: namedSchema('VoucherCode', jsonObject({ code: voucherCode })),
    examples: { plain: { code: '7KQ2-0VHM-9XTA-D4ZB' } },
  },
  responses: {
    200: {
      description:
        'What was added: `id` is that of the ledger entry and of the lot, `expires_at` when it ends.',
      json: redeemedVoucherResponse,
      example: {
        id: exampleId,
        credits: 500,
        expires_at: null,
        remaining_tokens: 4400,
        created_at: exampleTime,
      },
    },
  },
  problems: [
    'voucher_not_found',
    'voucher_ended',
    'voucher_expired',
    'voucher_exhausted',
    'voucher_already_redeemed',
    'balance_out_of_range',
  ],
  handler: async ({ c, core, caller, body }) => {
    const { limit, ...redeemed } = await core.vouchers.redeem({
      caller,
      userId: caller.user.id,
      code: body.code,
      origin: originOf(c),
    });
    setLimitHeaders(c, limit);
    return c.json(presentRedeemed(redeemed));
  },
});

function presentRedeemed({
  entry,
  lot,
}: Pick<RedeemedVoucher, 'entry' | 'lot'>): v.InferOutput<typeof redeemedVoucherResponse> {
  return {
    id: entry.id,
    credits: entry.amount,
    expires_at: lot.expiresAt?.toISOString() ?? null,
    remaining_tokens: entry.balanceAfter,
    created_at: entry.createdAt.toISOString(),
  };
}

/** A voucher that the account has redeemed. */
export const redemptionResponse = v.object({ id, batch_id: id, credits: count, created_at: time });

/** Returns a voucher that the account has redeemed, as the API shows it. */
export function presentRedemption(redemption: Redemption): v.InferOutput<typeof redemptionResponse> {
  return {
    id: redemption.id,
    batch_id: redemption.batchId,
    credits: redemption.credits,
    created_at: redemption.createdAt.toISOString(),
  };
}
