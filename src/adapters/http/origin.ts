import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { Origin } from '../../domain/audit/audit-event.js';

/** Where a request comes from. */
export function originOf(c: Context): Origin {
  return { address: addressOf(c), userAgent: userAgentOf(c.req.header('User-Agent')) };
}

/** The peer's address; null where the app is not mounted in a Node server. */
function addressOf(c: Context): string | null {
  const bindings: unknown = c.env;
  const hasSocket = typeof bindings === 'object' && bindings !== null && 'incoming' in bindings;
  return hasSocket ? (getConnInfo(c).remote.address ?? null) : null;
}

/** A header is bytes; only what reads as text is kept, and no more than a person would recognise a device by. */
function userAgentOf(header: string | undefined): string | null {
  return header === undefined ? null : header.replace(/[^\x20-\x7E]/g, '?').slice(0, 300);
}
