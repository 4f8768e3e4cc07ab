import * as v from 'valibot';
import { auditActions } from '../../../domain/audit/audit-event.js';
import type { AuditValue } from '../../../domain/audit/audit-details.js';
import type { PageRequest } from '../../../domain/page.js';
import type { NamedAuditEvent } from '../../../ports/record-search.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { idCursors } from '../kit/paging.js';
import { oneOf, recordRange, recordRangeOf, userReference } from '../kit/query-fields.js';
import { id } from '../kit/response-fields.js';
import { respondWithList, searched, searchQueryWith } from '../kit/send-list.js';
import { eventResponse, presentEvent } from './audit-event.js';
import { searchResponses } from './list-responses.js';

const auditFilters = v.object({
  action: v.optional(oneOf(auditActions)),
  actor: userReference,
  subject: userReference,
  ...recordRange,
});

/** An audit event with the accounts of its actor and its subject. */
const namedEventResponse = namedSchema(
  'NamedAuditEvent',
  v.object({
    ...eventResponse.entries,
    actor_username: v.nullable(v.string()),
    user_id: v.nullable(id),
    username: v.nullable(v.string()),
  }),
);

const columns = [
  ...['id', 'created_at', 'action', 'actor_id', 'actor_username', 'user_id', 'username', 'subject_id'],
  ...['address', 'user_agent', 'service_key_id', 'amount', 'reason', 'changes'],
];

export const listAuditEvents = defineRoute({
  method: 'GET',
  path: '/api/admin/audit/',
  id: 'listAuditEvents',
  tag: 'Administration',
  summary: 'List the audit events',
  access: 'admin',
  query: searchQueryWith(auditFilters),
  responses: searchResponses(namedEventResponse, columns),
  handler: ({ c, core, caller, query }) => {
    const { action = null, actor = null, subject = null } = query;
    const search = { caller, action, actor, subject, ...recordRangeOf(query) };
    return respondWithList(c, query, {
      name: 'audit',
      read: (page: PageRequest) => core.admin.auditEvents(search, searched(page, query)),
      cursors: idCursors,
      present: presentNamedEvent,
      rowOf: (event) => ({ ...presentNamedEvent(event), ...detailCells(event) }),
      columns,
      credits: { columns: ['amount'], unit: core.unit },
    });
  },
});

export const readAuditEvent = defineRoute({
  method: 'GET',
  path: '/api/admin/audit/{id}/',
  id: 'readAuditEvent',
  tag: 'Administration',
  summary: 'Read an audit event',
  description:
    '`details` are what it changed (`before` and `after`, null for none), by how many tokens (`amount`, signed) and the `reason` that was given; null if there is no more to say, or the account was erased.',
  access: 'admin',
  responses: { 200: { description: 'The event.', json: namedEventResponse } },
  handler: async ({ c, core, caller, params }) =>
    c.json(presentNamedEvent(await core.admin.auditEvent({ caller, eventId: params.id }))),
});

/** The details as cells of the CSV: the changes as `field: before → after`. */
function detailCells({ details }: NamedAuditEvent): Record<string, string | number | null> {
  const changes = details?.changes ?? [];
  const text = (value: AuditValue) => (value === null ? '' : String(value));
  return {
    amount: details?.amount ?? null,
    reason: details?.reason ?? null,
    changes:
      changes.map(({ field, before, after }) => `${field}: ${text(before)} → ${text(after)}`).join('; ') ||
      null,
  };
}

function presentNamedEvent(event: NamedAuditEvent): v.InferOutput<typeof namedEventResponse> {
  return {
    ...presentEvent(event),
    actor_username: event.actorUsername,
    user_id: event.userId,
    username: event.username,
  };
}
