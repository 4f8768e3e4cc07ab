import * as v from 'valibot';
import { decimalOf } from '../../../domain/ledger/credit-unit.js';
import { currencyDecimals } from '../../../domain/orders/currency.js';
import { orderStatuses, type Order } from '../../../domain/orders/order.js';
import type { PageRequest } from '../../../domain/page.js';
import { factProblems, type PaymentProblem } from '../../../ports/order-store.js';
import { paymentFactKinds } from '../../../ports/payments.js';
import type { Named } from '../../../ports/record-search.js';
import { exampleOrder, orderResponse, presentOrder } from '../orders/orders.js';
import { jsonObject, moneyAmount } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { idempotencyKeyOf, originOf } from '../kit/headers.js';
import { exampleId } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { idCursors, pagingQuery, presentPage, requestedPage } from '../kit/paging.js';
import { oneOf, recordRange, recordRangeOf, userReference } from '../kit/query-fields.js';
import { count, id, pageResponses, time } from '../kit/response-fields.js';
import { respondWithList, searched, searchQueryWith } from '../kit/send-list.js';
import { searchResponses } from './list-responses.js';

/** An order as administrators see it. */
const accountOrderResponse = namedSchema(
  'AccountOrder',
  v.object({
    ...orderResponse.entries,
    user_id: id,
    provider: v.string(),
    payment_id: v.nullable(v.string()),
  }),
);

const namedOrderResponse = namedSchema(
  'NamedOrder',
  v.object({ ...accountOrderResponse.entries, username: v.nullable(v.string()) }),
);

const orderFilters = v.object({
  user: userReference,
  status: v.optional(oneOf(orderStatuses)),
  ...recordRange,
});

const columns = [
  ...['id', 'created_at', 'user_id', 'username', 'status', 'package_id', 'package_name', 'credits'],
  ...['bonus_credits', 'price', 'refunded', 'currency', 'paid_at', 'expires_at', 'provider', 'payment_id'],
];

const example = { ...exampleOrder, user_id: exampleId, provider: 'stripe', payment_id: null };

export const listAllOrders = defineRoute({
  method: 'GET',
  path: '/api/admin/orders/',
  id: 'listAllOrders',
  tag: 'Administration',
  summary: 'List the orders of all accounts',
  description:
    'In the CSV, `price` and `refunded` are in the currency; in JSON, in its smallest unit. `username` is null if the account is erased.',
  access: 'admin',
  query: searchQueryWith(orderFilters),
  responses: searchResponses(namedOrderResponse, columns),
  handler: ({ c, core, caller, query }) => {
    const { user = null, status = null } = query;
    const search = { caller, user, status, ...recordRangeOf(query) };
    return respondWithList(c, query, {
      name: 'orders',
      read: (page: PageRequest) => core.admin.orders(search, searched(page, query)),
      cursors: idCursors,
      present: presentNamedOrder,
      rowOf,
      columns,
      credits: { columns: ['credits', 'bonus_credits'], unit: core.unit },
    });
  },
});

export const readAccountOrder = defineRoute({
  method: 'GET',
  path: '/api/admin/orders/{id}/',
  id: 'readAccountOrder',
  tag: 'Administration',
  summary: 'Read an order of any account',
  access: 'admin',
  responses: { 200: { description: 'The order.', json: accountOrderResponse, example } },
  handler: async ({ c, core, caller, params }) =>
    c.json(presentAccountOrder(await core.admin.order({ caller, orderId: params.id }))),
});

const refund = namedSchema(
  'Refund',
  jsonObject({
    amount: v.nullish(moneyAmount),
  }),
);

export const refundOrder = defineRoute({
  method: 'POST',
  path: '/api/admin/orders/{id}/refund/',
  id: 'refundOrder',
  tag: 'Administration',
  summary: 'Refund an order',
  description:
    'Asks the payment provider to pay back `amount`, in the smallest unit of the currency; by default all that is left. The tokens go back in proportion when the provider says that the money does; what was spent becomes a debt of the account.',
  access: 'admin',
  body: { schema: refund, examples: { whole: {}, part: { amount: 250 } } },
  responses: {
    200: { description: 'The order as it is now.', json: accountOrderResponse, example },
  },
  isIdempotent: true,
  problems: ['not_refundable', 'payment_failed'],
  handler: async ({ c, core, caller, params, body }) => {
    const refunded = await core.admin.refundOrder({
      ...{ caller, orderId: params.id, amount: body.amount ?? null },
      ...{ idempotencyKey: idempotencyKeyOf(c), origin: originOf(c) },
    });
    return c.json(presentAccountOrder(refunded));
  },
});

/** A fact that was applied to nothing, or the refused events of a day. */
const paymentProblemResponse = namedSchema(
  'PaymentProblem',
  v.object({
    id,
    reason: v.picklist([...factProblems, 'invalid_signature']),
    order_id: v.nullable(id),
    user_id: v.nullable(id),
    fact: v.nullable(
      v.object({
        kind: v.picklist(paymentFactKinds),
        id: v.string(),
        payment_id: v.nullable(v.string()),
        amount: v.nullable(v.number()),
        currency: v.nullable(v.string()),
        occurred_at: time,
      }),
    ),
    count,
    first_at: time,
    last_at: time,
  }),
);

export const listPaymentProblems = defineRoute({
  method: 'GET',
  path: '/api/admin/payments/problems/',
  id: 'listPaymentProblems',
  tag: 'Administration',
  summary: 'List the payment events that were applied to nothing',
  description:
    'Facts whose amount or currency is not that of the order, second payments of an order, and events with an invalid signature, which are counted by day. They changed nothing: refund such a payment at the provider.',
  access: 'admin',
  query: pagingQuery,
  responses: pageResponses(paymentProblemResponse),
  handler: async ({ c, core, caller, query }) =>
    c.json(presentPage(await core.admin.paymentProblems({ caller }, requestedPage(query)), presentProblem)),
});

function presentAccountOrder(order: Order): v.InferOutput<typeof accountOrderResponse> {
  const { userId: user_id, provider, paymentId: payment_id } = order;
  return { ...presentOrder(order), user_id, provider, payment_id };
}

function presentNamedOrder(order: Named<Order>): v.InferOutput<typeof namedOrderResponse> {
  return { ...presentAccountOrder(order), username: order.username };
}

/** Returns the cells of an order, with its package beside its other fields. */
function rowOf(order: Named<Order>): Record<string, unknown> {
  const { id: packageId, name, credits, bonusCredits, price, currency } = order.package;
  const unit = { name: currency, decimals: currencyDecimals(currency) };
  return {
    ...presentNamedOrder(order),
    ...{ package_id: packageId, package_name: name, credits, bonus_credits: bonusCredits, currency },
    price: { decimal: decimalOf(price, unit) },
    refunded: { decimal: decimalOf(order.refunded, unit) },
  };
}

function presentProblem(problem: PaymentProblem): v.InferOutput<typeof paymentProblemResponse> {
  const { id: problemId, reason, order, fact, count: times, firstAt, lastAt } = problem;
  return {
    id: problemId,
    reason,
    order_id: order?.id ?? null,
    user_id: order?.userId ?? null,
    fact: fact && {
      kind: fact.kind,
      id: fact.id,
      payment_id: fact.paymentId,
      amount: fact.amount,
      currency: fact.currency,
      occurred_at: fact.occurredAt.toISOString(),
    },
    count: times,
    first_at: firstAt.toISOString(),
    last_at: lastAt.toISOString(),
  };
}
