import * as v from 'valibot';
import { auditActions, type AuditEvent } from '../../../domain/audit/audit-event.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { id, time } from '../kit/response-fields.js';

const value = v.nullable(v.union([v.string(), v.number(), v.boolean()]));

/** By how much, why, and what an event changed; `amount` is signed. */
const detailsResponse = namedSchema(
  'AuditDetails',
  v.object({
    amount: v.nullable(v.pipe(v.number(), v.safeInteger())),
    reason: v.nullable(v.string()),
    changes: v.array(v.object({ field: v.string(), before: value, after: value })),
  }),
);

export const eventResponse = namedSchema(
  'AuditEvent',
  v.object({
    id,
    action: v.picklist(auditActions),
    actor_id: v.nullable(id),
    service_key_id: v.nullable(id),
    subject_id: v.nullable(id),
    details: v.nullable(detailsResponse),
    address: v.nullable(v.string()),
    user_agent: v.nullable(v.string()),
    created_at: time,
  }),
);

/** Returns an audit event as its account sees it. */
export function presentEvent(event: AuditEvent): v.InferOutput<typeof eventResponse> {
  return {
    id: event.id,
    action: event.action,
    actor_id: event.actorId,
    service_key_id: event.serviceKeyId,
    subject_id: event.subjectId,
    details: event.details === null ? null : { ...event.details, changes: [...event.details.changes] },
    address: event.origin.address,
    user_agent: event.origin.userAgent,
    created_at: event.createdAt.toISOString(),
  };
}
