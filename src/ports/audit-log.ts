import type { AuditEvent } from '../domain/audit/audit-event.js';
import type { Page, PageRequest } from '../domain/page.js';

/** Who did what to which account, when and from where. Only added to. */
export interface AuditLog {
  /** Adds an event; the store's clock says when. */
  record(event: Omit<AuditEvent, 'createdAt'>): Promise<void>;
  /** The events of one account, newest first. */
  events(userId: string, page: PageRequest): Promise<Page<AuditEvent>>;
}
