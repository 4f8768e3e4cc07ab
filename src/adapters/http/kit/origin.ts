import type { Context } from 'hono';
import type { Origin } from '../../../domain/audit/audit-event.js';
import type { HttpEnvironment } from './context.js';

/** Returns where a request comes from, for the audit log. */
export function originOf(c: Context<HttpEnvironment>): Origin {
  return {
    address: c.get('clientAddress'),
    userAgent: userAgentOf(c.req.header('User-Agent')),
    requestId: c.get('requestId'),
  };
}

/** Keeps printable ASCII only, and no more than identifies a device. */
function userAgentOf(header: string | undefined): string | null {
  return header === undefined ? null : header.replace(/[^\x20-\x7E]/g, '?').slice(0, 300);
}
