import * as v from 'valibot';
import { eventTypes } from '../../../domain/events/event.js';
import type { WebhookDelivery, WebhookEndpoint } from '../../../domain/events/webhook.js';
import { jsonObject, webhookUrl } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { originOf } from '../kit/headers.js';
import { exampleId, exampleTime } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { pagingQuery, presentPage, requestedPage } from '../kit/paging.js';
import { noQuery, oneOf } from '../kit/query-fields.js';
import { count, id, pageResponses, time, wholeListOf } from '../kit/response-fields.js';

const types = v.pipe(
  v.array(oneOf(eventTypes), 'Must be a list of types of events.'),
  v.metadata({ minItems: 1 }),
);

const endpointFields = {
  id,
  url: v.string(),
  types: v.array(v.picklist(eventTypes)),
  enabled: v.boolean(),
  disabled_by: v.nullable(v.picklist(['administrator', 'failures'])),
  disabled_at: v.nullable(time),
  created_at: time,
};

const endpointResponse = namedSchema('Webhook', v.object(endpointFields));

/** Also the secret, which is shown once. */
const createdEndpointResponse = namedSchema(
  'CreatedWebhook',
  v.object({ ...endpointFields, secret: v.string() }),
);

const deliveryResponse = namedSchema(
  'WebhookDelivery',
  v.object({
    id,
    event_id: v.string(),
    type: v.picklist(eventTypes),
    account_id: id,
    sequence: count,
    status: v.picklist(['queued', 'delivered', 'failed']),
    attempts: count,
    next_attempt_at: v.nullable(time),
    last_attempt_at: v.nullable(time),
    response_status: v.nullable(count),
    error: v.nullable(v.string()),
    created_at: time,
  }),
);

const newEndpoint = namedSchema('NewWebhook', jsonObject({ url: webhookUrl, types }));

const endpointChange = namedSchema(
  'WebhookChange',
  jsonObject({
    url: v.optional(webhookUrl),
    types: v.optional(types),
    enabled: v.optional(v.boolean('Must be true or false.')),
  }),
);

const example = {
  id: exampleId,
  url: 'https://example.com/hooks',
  types: ['balance.low' as const],
  enabled: true,
  disabled_by: null,
  disabled_at: null,
  created_at: exampleTime,
};

export const listWebhooks = defineRoute({
  method: 'GET',
  path: '/api/admin/webhooks/',
  id: 'listWebhooks',
  tag: 'Administration',
  summary: 'List the webhook endpoints',
  access: 'admin',
  query: noQuery,
  responses: { 200: { description: 'All of them.', json: wholeListOf(endpointResponse) } },
  handler: async ({ c, core, caller }) => {
    const endpoints = await core.admin.webhooks({ caller });
    return c.json({ results: endpoints.map(presentEndpoint), next: null });
  },
});

export const createWebhook = defineRoute({
  method: 'POST',
  path: '/api/admin/webhooks/',
  id: 'createWebhook',
  tag: 'Administration',
  summary: 'Create a webhook endpoint',
  description:
    'The URL gets a POST for each event of these types, signed as Standard Webhooks specify. `secret` verifies the signature, and is never shown again.',
  access: 'admin',
  body: {
    schema: newEndpoint,
    examples: { low: { url: 'https://example.com/hooks', types: ['balance.low'] } },
  },
  responses: {
    201: {
      description: 'The endpoint with its secret.',
      json: createdEndpointResponse,
      example: { ...example, secret: 'whsec_…' },
    },
  },
  problems: ['session_required', 'too_many_webhooks'],
  handler: async ({ c, core, caller, body }) => {
    const { url, types: wanted } = body;
    const { endpoint, secret } = await core.admin.createWebhook({
      ...{ caller, url, types: wanted },
      origin: originOf(c),
    });
    return c.json({ ...presentEndpoint(endpoint), secret }, 201);
  },
});

export const changeWebhook = defineRoute({
  method: 'PATCH',
  path: '/api/admin/webhooks/{id}/',
  id: 'changeWebhook',
  tag: 'Administration',
  summary: 'Change a webhook endpoint',
  description:
    'With `enabled: false`, what happens is kept for 7 days. With `enabled: true`, everything that was not delivered is sent at once.',
  access: 'admin',
  body: { schema: endpointChange, examples: { enable: { enabled: true } } },
  responses: { 200: { description: 'The changed endpoint.', json: endpointResponse, example } },
  problems: ['session_required'],
  handler: async ({ c, core, caller, params, body }) => {
    const { url, types: wanted, enabled: isEnabled } = body;
    const change = { url, types: wanted, isEnabled };
    const request = { caller, webhookId: params.id, origin: originOf(c) };
    return c.json(presentEndpoint(await core.admin.changeWebhook({ ...request, ...change })));
  },
});

export const removeWebhook = defineRoute({
  method: 'DELETE',
  path: '/api/admin/webhooks/{id}/',
  id: 'removeWebhook',
  tag: 'Administration',
  summary: 'Remove a webhook endpoint',
  access: 'admin',
  responses: { 204: { description: 'Nothing more is sent to it.', json: null } },
  problems: ['session_required'],
  handler: async ({ c, core, caller, params }) => {
    await core.admin.removeWebhook({ caller, webhookId: params.id, origin: originOf(c) });
    return c.body(null, 204);
  },
});

export const testWebhook = defineRoute({
  method: 'POST',
  path: '/api/admin/webhooks/{id}/test/',
  id: 'testWebhook',
  tag: 'Administration',
  summary: 'Send a test to a webhook endpoint',
  description:
    'Sends an event of the type `webhook.test` at once, without an account, and returns the response.',
  access: 'admin',
  responses: {
    200: {
      description: 'How the receiver responded. `status` is null if it did not; then `error` says why.',
      json: namedSchema(
        'WebhookTest',
        v.object({ delivered: v.boolean(), status: v.nullable(count), error: v.nullable(v.string()) }),
      ),
      example: { delivered: true, status: 204, error: null },
    },
  },
  problems: ['session_required'],
  handler: async ({ c, core, caller, params }) => {
    const response = await core.admin.testWebhook({ caller, webhookId: params.id, origin: originOf(c) });
    const delivered = response.outcome === 'accepted';
    const isFailed = response.outcome === 'failed';
    const status = isFailed ? null : response.status;
    return c.json({ delivered, status, error: isFailed ? response.error : null });
  },
});

export const listWebhookDeliveries = defineRoute({
  method: 'GET',
  path: '/api/admin/webhooks/{id}/deliveries/',
  id: 'listWebhookDeliveries',
  tag: 'Administration',
  summary: 'List the deliveries of a webhook endpoint',
  access: 'admin',
  query: pagingQuery,
  responses: pageResponses(deliveryResponse),
  handler: async ({ c, core, caller, params, query }) => {
    const request = { caller, webhookId: params.id };
    return c.json(
      presentPage(await core.admin.webhookDeliveries(request, requestedPage(query)), presentDelivery),
    );
  },
});

export const replayWebhookDelivery = defineRoute({
  method: 'POST',
  path: '/api/admin/webhooks/{id}/deliveries/{delivery_id}/replay/',
  id: 'replayWebhookDelivery',
  tag: 'Administration',
  summary: 'Send a delivery again',
  description: 'With the same `webhook-id`, and with all attempts.',
  access: 'admin',
  responses: { 200: { description: 'The delivery, which is queued.', json: deliveryResponse } },
  problems: ['session_required'],
  handler: async ({ c, core, caller, params }) => {
    const { id: webhookId, delivery_id: deliveryId } = params;
    const request = { caller, webhookId, deliveryId, origin: originOf(c) };
    return c.json(presentDelivery(await core.admin.replayDelivery(request)));
  },
});

function presentEndpoint(endpoint: WebhookEndpoint): v.InferOutput<typeof endpointResponse> {
  return {
    id: endpoint.id,
    url: endpoint.url,
    types: [...endpoint.types],
    enabled: endpoint.disabledAt === null,
    disabled_by: endpoint.disabledBy,
    disabled_at: endpoint.disabledAt?.toISOString() ?? null,
    created_at: endpoint.createdAt.toISOString(),
  };
}

function presentDelivery(delivery: WebhookDelivery): v.InferOutput<typeof deliveryResponse> {
  return {
    id: delivery.id,
    event_id: delivery.eventId,
    type: delivery.type,
    account_id: delivery.userId,
    sequence: delivery.sequence,
    status: delivery.status,
    attempts: delivery.attempts,
    next_attempt_at: delivery.nextAttemptAt?.toISOString() ?? null,
    last_attempt_at: delivery.lastAttemptAt?.toISOString() ?? null,
    response_status: delivery.responseStatus,
    error: delivery.error,
    created_at: delivery.createdAt.toISOString(),
  };
}
