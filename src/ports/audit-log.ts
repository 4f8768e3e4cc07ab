import type { AuditEvent } from '../domain/audit/audit-event.js';
import type { Page, PageRequest } from '../domain/page.js';

/** The audit log: who did what to which account, when and from where. Append-only. */
export interface AuditLog {
  /** Appends an event, with the time of the store's clock. */
  record(event: Omit<AuditEvent, 'createdAt'>): Promise<void>;
  /** Returns a page of the events of one account, newest first. */
  events(userId: string, page: PageRequest): Promise<Page<AuditEvent>>;
}
