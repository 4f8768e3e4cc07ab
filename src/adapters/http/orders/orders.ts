import * as v from 'valibot';
import { orderStatuses, type Order } from '../../../domain/orders/order.js';
import { jsonObject } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { idempotencyKeyOf } from '../kit/headers.js';
import { exampleId, exampleTime } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { pagingQuery, presentPage, requestedPage } from '../kit/paging.js';
import { count, id, pageResponses, time } from '../kit/response-fields.js';
import { examplePackage, packageResponse, presentPackage } from './packages.js';

export const orderResponse = namedSchema(
  'Order',
  v.object({
    id,
    status: v.picklist(orderStatuses),
    checkout_url: v.nullable(v.string()),
    expires_at: time,
    package: packageResponse,
    refunded: count,
    paid_at: v.nullable(time),
    lot_id: v.nullable(id),
    bonus_lot_id: v.nullable(id),
    created_at: time,
  }),
);

const newOrder = namedSchema(
  'NewOrder',
  jsonObject({ package_id: v.pipe(v.string('Must be a string.'), v.nonEmpty('Must not be empty.')) }),
);

export const exampleOrder = {
  ...{ id: exampleId, status: 'open', checkout_url: 'https://checkout.example.com/pay/cs_1' },
  ...{ expires_at: exampleTime, package: examplePackage, refunded: 0, paid_at: null, lot_id: null },
  ...{ bonus_lot_id: null, created_at: exampleTime },
};

export const createOrder = defineRoute({
  method: 'POST',
  path: '/api/orders/',
  id: 'createOrder',
  tag: 'Orders',
  summary: 'Order a package',
  description:
    'Send the person to `checkout_url` to pay. The tokens arrive when the payment provider says that they are paid, whatever the browser does. The checkout ends after an hour.',
  access: 'account',
  isIdempotent: true,
  rateLimit: ({ core, caller }) => core.limits.order(caller.user.id),
  body: { schema: newOrder, examples: { small: { package_id: 'small' } } },
  responses: { 201: { description: 'The order.', json: orderResponse, example: exampleOrder } },
  problems: ['not_found', 'package_limit_reached', 'payment_failed'],
  handler: async ({ c, core, caller, body }) => {
    const { order, replayed } = await core.orders.create({
      ...{ caller, packageId: body.package_id, idempotencyKey: idempotencyKeyOf(c) },
      pageOrigin: c.req.header('Origin') ?? null,
    });
    if (replayed) c.header('Idempotent-Replayed', 'true');
    return c.json(presentOrder(order), 201);
  },
});

export const listOrders = defineRoute({
  method: 'GET',
  path: '/api/orders/',
  id: 'listOrders',
  tag: 'Orders',
  summary: 'List the orders of the account',
  access: 'account',
  query: pagingQuery,
  responses: pageResponses(orderResponse),
  handler: async ({ c, core, caller, query }) => {
    const page = await core.orders.list({ caller, userId: caller.user.id }, requestedPage(query));
    return c.json(presentPage(page, presentOrder));
  },
});

export const readOrder = defineRoute({
  method: 'GET',
  path: '/api/orders/{id}/',
  id: 'readOrder',
  tag: 'Orders',
  summary: 'Read an order',
  access: 'account',
  responses: { 200: { description: 'The order.', json: orderResponse, example: exampleOrder } },
  handler: async ({ c, core, caller, params }) =>
    c.json(presentOrder(await core.orders.read({ caller, userId: caller.user.id, orderId: params.id }))),
});

/** Returns an order as the API shows it. Only an open order can be paid. */
export function presentOrder(order: Order): v.InferOutput<typeof orderResponse> {
  return {
    id: order.id,
    status: order.status,
    checkout_url: order.status === 'open' ? order.checkoutUrl : null,
    expires_at: order.expiresAt.toISOString(),
    package: presentPackage(order.package),
    refunded: order.refunded,
    paid_at: order.paidAt?.toISOString() ?? null,
    lot_id: order.lotId,
    bonus_lot_id: order.bonusLotId,
    created_at: order.createdAt.toISOString(),
  };
}
