import type { Database } from 'libsql';
import type { AuditEvent, AuditLog } from 'metered-chat';
import { atOnce, pageOf } from './transactions.js';

interface EventRow {
  id: string;
  action: AuditEvent['action'];
  user_id: string | null;
  actor_id: string | null;
  service_key_id: string | null;
  subject_id: string | null;
  address: string | null;
  user_agent: string | null;
  created_ms: number;
  details: string | null;
}

export function sqliteAuditLog(database: Database, nowMs: () => number): AuditLog {
  return {
    record: ({ id, action, userId, actorId, serviceKeyId, subjectId, details, origin }) =>
      atOnce(database, () => {
        const write = 'insert into audit_events values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
        const about = [userId, actorId, serviceKeyId, subjectId];
        const { address, userAgent } = origin;
        const changed = details === null ? null : JSON.stringify(details);
        database.prepare(write).run(id, action, ...about, address, userAgent, nowMs(), changed);
      }),
    events: (userId, { limit, before }) =>
      atOnce(database, () => {
        const read = `select * from audit_events where user_id = ? and id < coalesce(?, '~') order by id desc limit ?`;
        const rows = database.prepare(read).all(userId, before, limit + 1) as EventRow[];
        return pageOf(rows.map(eventOf), limit);
      }),
  };
}

function eventOf(row: EventRow): AuditEvent {
  return {
    ...{
      id: row.id,
      action: row.action,
      userId: row.user_id,
      actorId: row.actor_id,
      serviceKeyId: row.service_key_id,
      subjectId: row.subject_id,
    },
    details: row.details === null ? null : (JSON.parse(row.details) as AuditEvent['details']),
    origin: { address: row.address, userAgent: row.user_agent },
    createdAt: new Date(row.created_ms),
  };
}
