import type { Context } from 'hono';
import type { Origin } from '../../../domain/audit/audit-event.js';
import type { HttpEnvironment } from './context.js';

/** Where a request comes from. */
export function originOf(c: Context<HttpEnvironment>): Origin {
  return {
    address: c.get('clientAddress'),
    userAgent: userAgentOf(c.req.header('User-Agent')),
    requestId: c.get('requestId'),
  };
}

/** A header is bytes; only what reads as text is kept, and no more than a person would recognise a device by. */
function userAgentOf(header: string | undefined): string | null {
  return header === undefined ? null : header.replace(/[^\x20-\x7E]/g, '?').slice(0, 300);
}
