import * as v from 'valibot';
import { maxCredits } from '../../../domain/ledger/entry.js';
import type { ChargeDetails } from '../../../domain/metering/hold.js';
import { actionPattern, meteredStatuses, type MeteredHold } from '../../../domain/metering/metered-hold.js';
import { holdTtlSeconds } from '../../../domain/metering/reserve-credits.js';
import { documented, jsonObject, string } from '../kit/body-fields.js';
import { defineRoute, type RouteRequest } from '../kit/define-route.js';
import { idempotencyKeyOf, originOf } from '../kit/headers.js';
import { exampleId } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count, id } from '../kit/response-fields.js';

// The domain validates these fields, and reports all errors at once; the rules are only documented here.
const action = documented(string, { pattern: actionPattern.source, not: { const: 'chat' } });
const credits = documented(v.number('Must be a number.'), {
  type: 'integer',
  minimum: 0,
  maximum: maxCredits,
});
const details = v.custom<ChargeDetails>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'Must be a JSON object.',
);
const invalidTtl = `Must be a whole number from ${holdTtlSeconds.min} to ${holdTtlSeconds.max}.`;
const ttlSeconds = v.pipe(
  v.number(invalidTtl),
  v.integer(invalidTtl),
  v.minValue(holdTtlSeconds.min, invalidTtl),
  v.maxValue(holdTtlSeconds.max, invalidTtl),
);

const newSpending = namedSchema(
  'NewSpending',
  jsonObject({ action, amount: credits, units: v.nullish(credits), details: v.nullish(details) }),
);
const newHold = namedSchema(
  'NewHold',
  jsonObject({
    action,
    amount: credits,
    ttl_seconds: v.optional(ttlSeconds, holdTtlSeconds.default),
    details: v.nullish(details),
  }),
);
const settlement = namedSchema(
  'Settlement',
  jsonObject({ amount: credits, units: v.nullish(credits), details: v.nullish(details) }),
);

const meteredHoldResponse = namedSchema(
  'MeteredHold',
  v.object({
    id,
    user_id: id,
    action: v.string(),
    status: v.picklist(meteredStatuses),
    held: count,
    charged: count,
    uncollected: count,
    balance: count,
  }),
);

const example = {
  ...{ id: exampleId, user_id: exampleId, action: 'image.generate', status: 'open' },
  ...{ held: 40, charged: 0, uncollected: 0, balance: 3960 },
};
const settledExample = { ...example, status: 'settled', charged: 28, balance: 3972 };

export const spendTokens = defineRoute({
  method: 'POST',
  path: '/api/admin/users/{id}/spend/',
  id: 'spendTokens',
  tag: 'Metering',
  summary: 'Charge an account at once',
  description:
    'For an action of a known price. Creates one entry in the ledger. A balance never goes below zero.',
  access: 'admin',
  scope: 'metering',
  isIdempotent: true,
  body: {
    schema: newSpending,
    examples: { image: { action: 'image.generate', amount: 40, units: 1, details: { size: '1024x1024' } } },
  },
  responses: {
    201: {
      description: 'The charge.',
      json: meteredHoldResponse,
      example: { ...settledExample, charged: 40, balance: 3960 },
    },
  },
  problems: ['insufficient_tokens', 'debt_outstanding', 'cap_reached'],
  handler: async ({ body, params, ...request }) => {
    const { caller, core } = request;
    const { action, amount, units, details } = body;
    const charge = { action, amount, units: units ?? null, details: details ?? null };
    const by = { caller, ...repetitionOf(request) };
    return respondWith(request, await core.metering.spend({ userId: params.id, ...charge, ...by }), 201);
  },
});

export const createHold = defineRoute({
  method: 'POST',
  path: '/api/admin/users/{id}/holds/',
  id: 'createHold',
  tag: 'Metering',
  summary: 'Hold tokens of an account',
  description:
    'For an action whose price is known afterwards. Settle or release the hold; otherwise all of it returns to the balance after `ttl_seconds`.',
  access: 'admin',
  scope: 'metering',
  isIdempotent: true,
  body: {
    schema: newHold,
    examples: { image: { action: 'image.generate', amount: 40, ttl_seconds: 120 } },
  },
  responses: { 201: { description: 'The hold.', json: meteredHoldResponse, example } },
  problems: ['insufficient_tokens', 'debt_outstanding', 'cap_reached'],
  handler: async ({ body, params, ...request }) => {
    const { caller, core } = request;
    const { action, amount, ttl_seconds: seconds, details } = body;
    const wanted = { action, amount, ttlMs: seconds * 1000, details: details ?? null };
    const by = { caller, ...repetitionOf(request) };
    return respondWith(request, await core.metering.reserve({ userId: params.id, ...wanted, ...by }), 201);
  },
});

export const settleHold = defineRoute({
  method: 'POST',
  path: '/api/admin/holds/{id}/settle/',
  id: 'settleHold',
  tag: 'Metering',
  summary: 'Charge a hold',
  description:
    'Ends the hold; what was not charged returns to the balance. An amount above the hold takes the rest from the balance as far as that goes; what is still missing is `uncollected`.',
  access: 'admin',
  scope: 'metering',
  isIdempotent: true,
  body: {
    schema: settlement,
    examples: { image: { amount: 28, units: 1, details: { size: '512x512' } } },
  },
  responses: {
    200: { description: 'The settled hold.', json: meteredHoldResponse, example: settledExample },
  },
  problems: ['hold_ended'],
  handler: async ({ body, params, ...request }) => {
    const { caller, core } = request;
    const charge = { amount: body.amount, units: body.units ?? null, details: body.details ?? null };
    const by = { caller, ...repetitionOf(request) };
    return respondWith(request, await core.metering.settle({ holdId: params.id, ...charge, ...by }));
  },
});

export const renewHold = defineRoute({
  method: 'POST',
  path: '/api/admin/holds/{id}/renew/',
  id: 'renewHold',
  tag: 'Metering',
  summary: 'Move the deadline of a hold',
  description: 'The hold then ends `ttl_seconds` from now. A repetition does the same again.',
  access: 'admin',
  scope: 'metering',
  body: { schema: jsonObject({ ttl_seconds: ttlSeconds }), examples: { longer: { ttl_seconds: 600 } } },
  responses: { 200: { description: 'The open hold.', json: meteredHoldResponse, example } },
  problems: ['hold_ended'],
  handler: async ({ body, params, ...request }) => {
    const renewal = { holdId: params.id, ttlMs: body.ttl_seconds * 1000 };
    return respondWith(request, await request.core.metering.renew({ ...renewal, caller: request.caller }));
  },
});

export const releaseHold = defineRoute({
  method: 'POST',
  path: '/api/admin/holds/{id}/release/',
  id: 'releaseHold',
  tag: 'Metering',
  summary: 'Give a hold back',
  description: 'Ends the hold without a charge: all of it returns to the balance.',
  access: 'admin',
  scope: 'metering',
  isIdempotent: true,
  responses: {
    200: {
      description: 'The released hold.',
      json: meteredHoldResponse,
      example: { ...example, status: 'released', balance: 4000 },
    },
  },
  problems: ['hold_ended'],
  handler: async ({ params, ...request }) => {
    const by = { caller: request.caller, ...repetitionOf(request) };
    return respondWith(request, await request.core.metering.release({ holdId: params.id, ...by }));
  },
});

/** What identifies a repeated request, and where it comes from. */
function repetitionOf({ c }: Pick<RouteRequest, 'c'>) {
  return { idempotencyKey: idempotencyKeyOf(c), origin: originOf(c) };
}

function respondWith({ c }: Pick<RouteRequest, 'c'>, hold: MeteredHold, status: 200 | 201 = 200): Response {
  if (hold.replayed) c.header('Idempotent-Replayed', 'true');
  const presented: v.InferOutput<typeof meteredHoldResponse> = {
    id: hold.id,
    user_id: hold.userId,
    action: hold.action,
    status: hold.status,
    held: hold.held,
    charged: hold.charged,
    uncollected: hold.uncollected,
    balance: hold.balance,
  };
  return c.json(presented, status);
}
