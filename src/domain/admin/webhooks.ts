import type { Clock } from '../../ports/clock.js';
import type { Ids } from '../../ports/ids.js';
import type { Secrets } from '../../ports/secrets.js';
import type { WebhookResponse, WebhookSender } from '../../ports/webhook-sender.js';
import type { WebhookStore } from '../../ports/webhook-store.js';
import { changesOf, type AuditValue } from '../audit/audit-details.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { accountOf, requireAdmin, requireAdminSession, type AdminCaller } from '../auth/caller.js';
import { DomainError, notFound, throwIfInvalid } from '../errors.js';
import { eventTypes, type EventType } from '../events/event.js';
import { maxEndpoints, type WebhookDelivery, type WebhookEndpoint } from '../events/webhook.js';
import type { Page, PageRequest } from '../page.js';

export interface ManageWebhooksDeps extends RecordAuditDeps {
  webhookStore: WebhookStore;
  webhookSender: WebhookSender;
  secrets: Pick<Secrets, 'random'>;
  ids: Ids;
  clock: Pick<Clock, 'now'>;
}

/** A request about one endpoint. */
export interface WebhookRequest {
  caller: AdminCaller;
  webhookId: string;
  origin: Origin;
}

export interface CreateWebhookInput {
  caller: AdminCaller;
  url: string;
  types: readonly EventType[];
  origin: Origin;
}

/** Undefined fields stay as they are. */
export interface ChangeWebhookInput extends WebhookRequest {
  url?: string | undefined;
  types?: readonly EventType[] | undefined;
  /** True to send what is queued and has failed, at once; false to keep what happens until then. */
  isEnabled?: boolean | undefined;
}

/**
 * Creates an endpoint. Returns it with the secret by which its receiver verifies what it is sent; the secret cannot be read again.
 * Rejects with `admin_required`, `session_required`, `insufficient_scope`, `invalid_input` or `too_many_webhooks`.
 */
export async function createWebhook(
  deps: ManageWebhooksDeps,
  input: CreateWebhookInput,
): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
  requireAdminSession(input.caller);
  throwIfInvalid({ url: urlProblems(deps, input.url), types: typeProblems(input.types) });
  const secret = signingSecret(deps.secrets);
  const endpoint = await deps.webhookStore.create({
    id: deps.ids.next(),
    url: input.url,
    types: eventTypes.filter((type) => input.types.includes(type)),
    secret,
    createdBy: accountOf(input.caller)?.id ?? null,
    maxEndpoints,
  });
  if (endpoint === null)
    throw new DomainError('too_many_webhooks', `There can be at most ${maxEndpoints} webhook endpoints.`);
  await recordAuditByAdmin(deps, 'webhook_created', {
    ...{ ...input, userId: null, subjectId: endpoint.id },
    details: changesOf({}, endpointValues(endpoint)),
  });
  return { endpoint, secret };
}

/** Returns all endpoints, newest first. Rejects with `admin_required` or `insufficient_scope`. */
export async function listWebhooks(
  deps: Pick<ManageWebhooksDeps, 'webhookStore'>,
  { caller }: { caller: AdminCaller },
): Promise<WebhookEndpoint[]> {
  requireAdmin(caller, 'read');
  return deps.webhookStore.endpoints();
}

/** Changes an endpoint. Rejects as `createWebhook`, or with `not_found`. */
export async function changeWebhook(
  deps: ManageWebhooksDeps,
  input: ChangeWebhookInput,
): Promise<WebhookEndpoint> {
  requireAdminSession(input.caller);
  const { webhookId, url, types, isEnabled } = input;
  throwIfInvalid({
    url: url === undefined ? [] : urlProblems(deps, url),
    types: types === undefined ? [] : typeProblems(types),
  });
  const before = await deps.webhookStore.find(webhookId);
  const endpoint = await deps.webhookStore.change({
    id: webhookId,
    ...(url === undefined ? {} : { url }),
    ...(types === undefined ? {} : { types: eventTypes.filter((type) => types.includes(type)) }),
    ...(isEnabled === undefined ? {} : { isDisabled: !isEnabled }),
  });
  if (endpoint === null) throw notFound('webhook endpoint');
  await recordAuditByAdmin(deps, 'webhook_changed', {
    ...{ ...input, userId: null, subjectId: webhookId },
    details: changesOf(before === null ? {} : endpointValues(before), endpointValues(endpoint)),
  });
  return endpoint;
}

/** What the audit log says of an endpoint. */
function endpointValues({ url, types, disabledAt }: WebhookEndpoint): Record<string, AuditValue> {
  return { url, types: types.join(', '), is_enabled: disabledAt === null };
}

/** Deletes an endpoint with its deliveries. Rejects with `admin_required`, `session_required`, `insufficient_scope` or `not_found`. */
export async function removeWebhook(deps: ManageWebhooksDeps, input: WebhookRequest): Promise<void> {
  requireAdminSession(input.caller);
  if (!(await deps.webhookStore.remove(input.webhookId))) throw notFound('webhook endpoint');
  await recordAuditByAdmin(deps, 'webhook_removed', { ...input, userId: null, subjectId: input.webhookId });
}

/**
 * Sends an event of the type `webhook.test` at once, also to a disabled endpoint, and returns how the receiver responded. Rejects
 * as `removeWebhook`.
 */
export async function testWebhook(deps: ManageWebhooksDeps, input: WebhookRequest): Promise<WebhookResponse> {
  requireAdminSession(input.caller);
  const endpoint = await deps.webhookStore.find(input.webhookId);
  if (endpoint === null) throw notFound('webhook endpoint');
  await recordAuditByAdmin(deps, 'webhook_tested', { ...input, userId: null, subjectId: input.webhookId });
  const createdAt = deps.clock.now();
  const about = { accountId: null, sequence: null, createdAt, data: {} };
  return deps.webhookSender.send(
    endpoint,
    { id: deps.ids.next(), type: 'webhook.test', ...about },
    createdAt,
  );
}

/** Returns a page of the deliveries of an endpoint, newest first. Rejects with `admin_required`, `insufficient_scope` or `not_found`. */
export async function listDeliveries(
  deps: Pick<ManageWebhooksDeps, 'webhookStore'>,
  { caller, webhookId }: { caller: AdminCaller; webhookId: string },
  page: PageRequest,
): Promise<Page<WebhookDelivery>> {
  requireAdmin(caller, 'read');
  const deliveries = await deps.webhookStore.deliveries(webhookId, page);
  if (deliveries === null) throw notFound('webhook endpoint');
  return deliveries;
}

/** Sends a delivery again, with all attempts. Rejects as `removeWebhook`. */
export async function replayDelivery(
  deps: ManageWebhooksDeps,
  input: WebhookRequest & { deliveryId: string },
): Promise<WebhookDelivery> {
  requireAdminSession(input.caller);
  const { webhookId: endpointId, deliveryId } = input;
  const delivery = await deps.webhookStore.replay({ endpointId, deliveryId });
  if (delivery === null) throw notFound('webhook delivery');
  const about = { userId: delivery.userId, subjectId: deliveryId };
  await recordAuditByAdmin(deps, 'webhook_replayed', { ...input, ...about });
  return delivery;
}

function urlProblems({ webhookSender }: ManageWebhooksDeps, url: string): string[] {
  const problem = webhookSender.urlProblem(url);
  return problem === null ? [] : [problem];
}

function typeProblems(types: readonly EventType[]): string[] {
  return types.length === 0 ? ['Must contain at least one type.'] : [];
}

/** Returns `whsec_` and 256 random bits in base64, as Standard Webhooks specify. */
function signingSecret(secrets: Pick<Secrets, 'random'>): string {
  return `whsec_${secrets.random().replaceAll('-', '+').replaceAll('_', '/')}=`;
}
