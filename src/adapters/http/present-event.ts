import type { AuditEvent } from '../../domain/audit/audit-event.js';

/** An event of the audit log as the API shows it to whom it happened. */
export function presentEvent(event: AuditEvent) {
  return {
    id: event.id,
    action: event.action,
    actor_id: event.actorId,
    subject_id: event.subjectId,
    address: event.origin.address,
    user_agent: event.origin.userAgent,
    created_at: event.createdAt.toISOString(),
  };
}
