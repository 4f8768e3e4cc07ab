import * as v from 'valibot';
import type { Package } from '../../../domain/orders/package.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { noQuery } from '../kit/query-fields.js';
import { count, wholeListOf } from '../kit/response-fields.js';

/** A package. `price` is in the smallest unit of the currency; what expires does so these seconds after the payment. */
export const packageResponse = namedSchema(
  'Package',
  v.object({
    id: v.string(),
    name: v.string(),
    credits: count,
    bonus_credits: count,
    bonus_expires_after_seconds: v.nullable(count),
    price: count,
    currency: v.string(),
    expires_after_seconds: v.nullable(count),
    limit_per_account: v.nullable(count),
  }),
);

export const examplePackage = {
  ...{ id: 'small', name: 'Small', credits: 10_000, bonus_credits: 500 },
  ...{ bonus_expires_after_seconds: 2_592_000, price: 500, currency: 'eur' },
  ...{ expires_after_seconds: null, limit_per_account: null },
};

export const listPackages = defineRoute({
  method: 'GET',
  path: '/api/packages/',
  id: 'listPackages',
  tag: 'Orders',
  summary: 'List the packages that can be bought',
  description:
    'An empty list if nothing is for sale. `price` is in the smallest unit of the currency, such as cents.',
  access: 'account',
  query: noQuery,
  responses: {
    200: {
      description: 'All packages, in the order of the operator.',
      json: wholeListOf(packageResponse),
      example: { results: [examplePackage], next: null },
    },
  },
  handler: ({ c, core }) => c.json({ results: core.orders.packages.map(presentPackage), next: null }),
});

/** Returns a package as the API shows it. */
export function presentPackage(one: Package): v.InferOutput<typeof packageResponse> {
  return {
    id: one.id,
    name: one.name,
    credits: one.credits,
    bonus_credits: one.bonusCredits,
    bonus_expires_after_seconds: secondsOf(one.bonusExpiresAfterMs),
    price: one.price,
    currency: one.currency,
    expires_after_seconds: secondsOf(one.expiresAfterMs),
    limit_per_account: one.limitPerAccount,
  };
}

function secondsOf(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.ceil(milliseconds / 1000);
}
