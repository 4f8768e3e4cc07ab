import * as v from 'valibot';
import { auditActions, type AuditEvent } from '../../../domain/audit/audit-event.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { id, time } from '../kit/response-fields.js';

export const eventResponse = namedSchema(
  'AuditEvent',
  v.object({
    id,
    action: v.picklist(auditActions),
    actor_id: v.nullable(id),
    service_key_id: v.nullable(id),
    subject_id: v.nullable(id),
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
    address: event.origin.address,
    user_agent: event.origin.userAgent,
    created_at: event.createdAt.toISOString(),
  };
}
