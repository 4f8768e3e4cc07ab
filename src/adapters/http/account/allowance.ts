import * as v from 'valibot';
import type { AccountAllowance } from '../../../domain/ledger/read-allowance.js';
import { allowancePeriods } from '../../../domain/metering/allowance.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count, time } from '../kit/response-fields.js';

/** The allowance of an account; `renews_at` is when the current period ends. Null if it gets none. */
export const allowanceResponse = namedSchema(
  'Allowance',
  v.nullable(v.object({ amount: count, every: v.picklist(allowancePeriods), renews_at: time })),
);

export const exampleAllowance = { amount: 4000, every: 'month', renews_at: '2026-12-01T00:00:00.000Z' };

/** Returns an allowance as the API shows it. */
export function presentAllowance({
  allowance,
  renewsAt,
}: AccountAllowance): v.InferOutput<typeof allowanceResponse> {
  return allowance && renewsAt && { ...allowance, renews_at: renewsAt.toISOString() };
}
