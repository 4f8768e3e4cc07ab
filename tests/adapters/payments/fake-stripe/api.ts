import { ApiError, apiError, startedError } from './api-error.js';
import { createSession } from './create-session.js';
import { parseForm, textAt, textsAt, type Form } from './form-body.js';
import {
  endRefund,
  expireSession,
  refund,
  secondsOf,
  sessionOf,
  type StripeAccount,
} from './stripe-account.js';

export interface ApiRequest {
  method: string;
  url: URL;
  headers: Record<string, string | undefined>;
  body: string;
}

export interface ApiResponse {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  /** Whether an error is saved by the idempotency key of its request. */
  isSaved?: boolean;
}

interface Call {
  account: StripeAccount;
  form: Form;
  query: Form;
  id: string;
  checkoutUrl: (id: string) => string;
}

/** The calls of Stripe's API that the fake has, as Stripe documents them. */
const calls: Record<string, (call: Call) => unknown> = {
  'POST /v1/checkout/sessions': ({ account, form, checkoutUrl }) => createSession(account, form, checkoutUrl),
  'GET /v1/checkout/sessions/:id': ({ account, id }) => sessionOf(account, id),
  'POST /v1/checkout/sessions/:id/expire': ({ account, id }) => expireSession(account, id),
  'GET /v1/payment_intents/:id': ({ account, id }) => found(account.paymentIntents, id, 'payment_intent'),
  'GET /v1/charges/:id': ({ account, id }) => found(account.charges, id, 'charge'),
  'POST /v1/refunds': ({ account, form }) => createRefund(account, form),
  'GET /v1/refunds/:id': ({ account, id }) => found(account.refunds, id, 'refund'),
  'GET /v1/disputes/:id': ({ account, id }) => found(account.disputes, id, 'dispute'),
  'GET /v1/events/:id': ({ account, id }) =>
    found(new Map(account.events.map((event) => [event.id, event])), id, 'event'),
  'GET /v1/events': ({ account, query }) => listEvents(account, query),
};

function found<Item>(items: Map<string, Item>, id: string, kind: string): Item {
  const item = items.get(id);
  if (item === undefined) throw apiError(404, 'resource_missing', `No such ${kind}: '${id}'`, 'id');
  return item;
}

function createRefund(account: StripeAccount, form: Form): unknown {
  const intent = textAt(form, 'payment_intent');
  if (intent === undefined)
    throw apiError(400, 'parameter_missing', 'Missing payment_intent.', 'payment_intent');
  const { refundStatus } = account;
  if (refundStatus === 'rejected')
    throw startedError(400, 'balance_insufficient', 'Insufficient funds in your Stripe balance.');
  const amount = textAt(form, 'amount');
  const made = refund(account, intent, {
    ...(amount === undefined ? {} : { amount: Number(amount) }),
    metadata: textsAt(form, 'metadata'),
    status: refundStatus === 'failed' ? 'pending' : refundStatus,
  });
  if (refundStatus === 'failed') endRefund(account, made.id, 'failed');
  return made;
}

const eventsTtlSeconds = 30 * 24 * 60 * 60;

/** Newest first, in pages. Stripe lists the events of the last 30 days. */
function listEvents(account: StripeAccount, query: Form): unknown {
  const limit = Number(textAt(query, 'limit') ?? 10);
  if (!(limit >= 1 && limit <= 100))
    throw apiError(400, 'parameter_invalid_integer', 'Invalid limit', 'limit');
  const types = Object.values(textsAt(query, 'types'));
  if (types.length > 20) throw apiError(400, null, 'Too many types', 'types');
  const created = textsAt(query, 'created');
  const oldest = secondsOf(account.now()) - eventsTtlSeconds;
  const matching = account.events
    .filter((event) => event.created >= oldest && !account.unlisted.has(event.id))
    .filter((event) => types.length === 0 || types.includes(event.type))
    .filter(
      (event) =>
        event.created >= Number(created['gte'] ?? 0) && event.created <= Number(created['lte'] ?? Infinity),
    )
    .filter(
      (event) =>
        event.created > Number(created['gt'] ?? -1) && event.created < Number(created['lt'] ?? Infinity),
    )
    // Stripe's order is by the time of creation.
    .sort((one, other) => one.created - other.created);
  if (!account.listsOldestFirst) matching.reverse();
  const indexOf = (id: string) => {
    const index = matching.findIndex((event) => event.id === id);
    if (index < 0) throw apiError(404, 'resource_missing', `No such event: '${id}'`, 'starting_after');
    return index;
  };
  const after = textAt(query, 'starting_after');
  const rest = after === undefined ? matching : matching.slice(indexOf(after) + 1);
  return { object: 'list', url: '/v1/events', has_more: rest.length > limit, data: rest.slice(0, limit) };
}

interface Saved {
  fingerprint: string;
  response: ApiResponse;
}

/** Responds to requests to the API; `failsInside` makes a call fail after it was saved by its idempotency key, as Stripe does. */
export function apiOf(
  account: StripeAccount,
  options: { secretKey: string; checkoutUrl: (id: string) => string },
) {
  const saved = new Map<string, Saved>();
  return (request: ApiRequest, { failsInside = false } = {}): ApiResponse => {
    if (request.headers['authorization'] !== `Bearer ${options.secretKey}`)
      return failure(apiError(401, null, 'Invalid API Key provided.'));
    const key = request.method === 'POST' ? request.headers['idempotency-key'] : undefined;
    const fingerprint = `${request.method} ${request.url.pathname} ${request.body}`;
    const before = key === undefined ? undefined : saved.get(key);
    if (before !== undefined && before.fingerprint !== fingerprint)
      return failure(
        apiError(
          400,
          'idempotency_error',
          'Keys for idempotent requests can only be used with the same parameters they were first used with.',
        ),
      );
    if (before !== undefined)
      return {
        ...before.response,
        headers: { 'Idempotent-Replayed': 'true', 'Stripe-Should-Retry': 'false' },
      };
    const response = failsInside
      ? failure(apiError(500, null, 'An unknown error occurred.'))
      : respond(account, request, options.checkoutUrl);
    // What fails validation is not saved.
    if (key !== undefined && (response.status === 200 || response.status >= 500 || response.isSaved === true))
      saved.set(key, { fingerprint, response: structuredClone(response) });
    return structuredClone(response);
  };
}

function respond(
  account: StripeAccount,
  request: ApiRequest,
  checkoutUrl: (id: string) => string,
): ApiResponse {
  const segments = request.url.pathname.split('/');
  for (const [pattern, call] of Object.entries(calls)) {
    const [method, path = ''] = pattern.split(' ');
    const expected = path.split('/');
    const matches =
      method === request.method &&
      expected.length === segments.length &&
      expected.every((part, index) => part === ':id' || part === segments[index]);
    if (!matches) continue;
    try {
      const id = segments[expected.indexOf(':id')] ?? '';
      const form = parseForm(request.body);
      const query = parseForm(request.url.search.slice(1));
      return { status: 200, body: call({ account, form, query, id, checkoutUrl }) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return failure(error);
    }
  }
  return failure(
    apiError(404, null, `Unrecognized request URL (${request.method}: ${request.url.pathname}).`),
  );
}

function failure({ status, body, isSaved }: ApiError): ApiResponse {
  return { status, body, isSaved };
}
