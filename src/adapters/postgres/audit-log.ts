import type { AuditEvent } from '../../domain/audit/audit-event.js';
import type { AuditLog } from '../../ports/audit-log.js';
import type { Database } from './database.js';
import { readPage } from './read-rows.js';

const record = `
  insert into audit_events (id, action, user_id, actor_id, service_key_id, subject_id, address, user_agent,
    details)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb)`;

const events = `
  select * from audit_events where user_id = $1 and ($2::uuid is null or id < $2::uuid)
  order by id desc limit $3`;

/** A row of `audit_events`. */
export interface AuditEventRow {
  id: string;
  action: AuditEvent['action'];
  user_id: string | null;
  actor_id: string | null;
  service_key_id: string | null;
  subject_id: string | null;
  address: string | null;
  user_agent: string | null;
  details: AuditEvent['details'];
  created_at: Date;
}

export function auditEventOf(row: AuditEventRow): AuditEvent {
  return {
    id: row.id,
    action: row.action,
    userId: row.user_id,
    actorId: row.actor_id,
    serviceKeyId: row.service_key_id,
    subjectId: row.subject_id,
    details: row.details,
    origin: { address: row.address, userAgent: row.user_agent },
    createdAt: row.created_at,
  };
}

/** The audit log in PostgreSQL. */
export function postgresAuditLog(database: Database): AuditLog {
  return {
    async record({ id, action, userId, actorId, serviceKeyId, subjectId, details, origin }) {
      const about = [userId, actorId, serviceKeyId, subjectId];
      const changed = details === null ? null : JSON.stringify(details);
      const values = [id, action, ...about, origin.address, origin.userAgent, changed];
      await database.query({ name: 'record_audit_event', text: record, values });
    },
    events: (userId, page) => readPage(database, { text: events }, { userId, page, itemOf: auditEventOf }),
  };
}
