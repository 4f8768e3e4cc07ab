import * as v from 'valibot';
import { accountOf, requireAdmin, type Caller } from '../../../domain/auth/caller.js';
import type { Core } from '../../../domain/core.js';
import { notFound } from '../../../domain/errors.js';
import { currencyDecimals } from '../../../domain/orders/currency.js';
import { orderStatuses, type Order } from '../../../domain/orders/order.js';
import type { DemoAction, DemoCheckout } from '../../../ports/demo-checkout.js';
import { jsonObject } from '../kit/body-fields.js';
import type { HttpDeps } from '../kit/context.js';
import { defineRoute } from '../kit/define-route.js';
import { exampleId, exampleTime } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count, id, time } from '../kit/response-fields.js';

const actions = [
  ...['pay', 'decline', 'refund', 'dispute', 'win_dispute', 'lose_dispute'],
] as const satisfies DemoAction[];

/** What the person who buys can do; the rest is what a seller or a bank does. */
const actionsOfBuyer: readonly DemoAction[] = ['pay', 'decline'];

const demoCheckoutResponse = namedSchema(
  'DemoCheckout',
  v.object({
    order_id: id,
    package_name: v.string(),
    price: count,
    currency: v.string(),
    currency_decimals: count,
    refunded: count,
    status: v.picklist(orderStatuses),
    expires_at: time,
    actions: v.array(v.picklist(actions)),
  }),
);

const example = {
  ...{ order_id: exampleId, package_name: 'Small', price: 500, currency: 'eur', currency_decimals: 2 },
  ...{ refunded: 0, status: 'open', expires_at: exampleTime, actions: ['pay', 'decline'] },
};

const isServed = ({ demoCheckout }: HttpDeps) => demoCheckout !== null;

export const readDemoCheckout = defineRoute({
  method: 'GET',
  path: '/api/demo-checkout/{id}/',
  id: 'readDemoCheckout',
  tag: 'Orders',
  summary: 'Read a test checkout',
  description:
    'For the page of the test checkout, with `PAYMENTS=demo`. `actions` is what the caller can do now.',
  access: 'account',
  isServed,
  responses: { 200: { description: 'The checkout.', json: demoCheckoutResponse, example } },
  problems: ['not_found'],
  handler: async ({ c, core, deps, caller, params }) => {
    const order = await findOrder(core, caller, params.id);
    return c.json(present(order, caller, checkoutOf(deps)));
  },
});

export const actAtDemoCheckout = defineRoute({
  method: 'POST',
  path: '/api/demo-checkout/{id}/',
  id: 'actAtDemoCheckout',
  tag: 'Orders',
  summary: 'Pay or decline at a test checkout',
  description:
    'With `PAYMENTS=demo`, does what a payment provider would state. All but `pay` and `decline` is for administrators.',
  access: 'account',
  isServed,
  body: {
    schema: jsonObject({ action: v.picklist(actions, `Must be one of ${actions.join(', ')}.`) }),
    examples: { pay: { action: 'pay' } },
  },
  responses: { 200: { description: 'The checkout afterwards.', json: demoCheckoutResponse, example } },
  problems: ['not_found', 'not_refundable', 'admin_required'],
  handler: async ({ c, core, deps, caller, body: { action }, params }) => {
    if (!actionsOfBuyer.includes(action)) requireAdmin(caller, null);
    const order = await findOrder(core, caller, params.id);
    const request = checkoutOf(deps).act(order, action);
    if (request !== null) await core.orders.receiveEvent(request);
    return c.json(present(await findOrder(core, caller, params.id), caller, checkoutOf(deps)));
  },
});

export const demoCheckoutRoutes = [readDemoCheckout, actAtDemoCheckout];

function checkoutOf({ demoCheckout }: HttpDeps): DemoCheckout {
  if (demoCheckout === null) throw new TypeError('The route is served without a test checkout.');
  return demoCheckout;
}

/** Returns an order of the caller, or any one for an administrator, if it is paid at this checkout. */
async function findOrder(core: Core, caller: Caller, orderId: string): Promise<Order> {
  const order = isAdmin(caller)
    ? await core.admin.order({ caller, orderId })
    : await core.orders.read({ caller, userId: caller.user.id, orderId });
  if (order.provider !== 'demo') throw notFound('order');
  return order;
}

function isAdmin(caller: Caller): boolean {
  return accountOf(caller)?.role === 'admin';
}

function present(
  order: Order,
  caller: Caller,
  checkout: DemoCheckout,
): v.InferOutput<typeof demoCheckoutResponse> {
  return {
    order_id: order.id,
    package_name: order.package.name,
    price: order.package.price,
    currency: order.package.currency,
    currency_decimals: currencyDecimals(order.package.currency),
    refunded: order.refunded,
    status: order.status,
    expires_at: order.expiresAt.toISOString(),
    actions: checkout.actions(order).filter((action) => isAdmin(caller) || actionsOfBuyer.includes(action)),
  };
}
