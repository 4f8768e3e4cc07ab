import type { Context } from 'hono';
import type { Origin } from '../../../domain/audit/audit-event.js';
import { defaultLanguage, languages, type Language } from '../../../domain/mails/language.js';
import type { LimitState } from '../../../domain/limits/rate-limits.js';
import type { HttpEnvironment } from './context.js';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { parseAccept } from 'hono/utils/accept';
import type { HttpBindings } from '@hono/node-server';
import ipaddr from 'ipaddr.js';
import proxyAddress from 'proxy-addr';

/** Returns the key, which may have the quotes of a structured field (RFC 8941); null if there is none. */
export function idempotencyKeyOf(c: Context): string | null {
  const header = c.req.header('Idempotency-Key');
  if (header === undefined) return null;
  return /^"((?:[^"\\]|\\["\\])*)"$/.exec(header)?.[1]?.replace(/\\(["\\])/g, '$1') ?? header;
}

/** Returns where a request comes from, for the audit log, and the language of the mails that it causes. */
export function originOf(c: Context<HttpEnvironment>): Origin {
  return {
    address: c.get('clientAddress'),
    userAgent: userAgentOf(c.req.header('User-Agent')),
    requestId: c.get('requestId'),
    language: preferredLanguage(c.req.header('Accept-Language') ?? ''),
  };
}

/** Returns the language of mails that a client prefers most (RFC 9110, section 12.5.4); the default for none of them. */
export function preferredLanguage(acceptLanguage: string): Language {
  const accepted = parseAccept(acceptLanguage).filter(({ q }) => q > 0);
  const preferred = accepted.map(({ type }) =>
    languages.find((language) => type.toLowerCase().split('-')[0] === language),
  );
  return preferred.find((language) => language !== undefined) ?? defaultLanguage;
}

/** Keeps printable ASCII only, and no more than identifies a device. */
function userAgentOf(header: string | undefined): string | null {
  return header === undefined ? null : header.replace(/[^\x20-\x7E]/g, '?').slice(0, 300);
}

/** Returns the state of a rate limit as headers. Seconds are rounded up. */
export function limitHeaders({ max, remaining, resetsInMs }: LimitState): Record<string, string> {
  return {
    'RateLimit-Limit': String(max),
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(Math.ceil(resetsInMs / 1000)),
  };
}

/** Sets the headers of a rate limit on the response, if there is a limit. */
export function setLimitHeaders(c: Context, limit: LimitState | null): void {
  if (limit === null) return;
  for (const [name, value] of Object.entries(limitHeaders(limit))) c.header(name, value);
}

/** Sets the header with the available tokens after a call, for APIs whose body has no field for it. */
export function setRemainingHeader(c: Context, balance: number): void {
  c.header('X-Remaining-Tokens', String(balance));
}

/** Returns the address that a request comes from, or null if it is not known. */
export type ClientAddress = (request: IncomingMessage) => string | null;

/**
 * Returns a function that returns the address of a client. That is the address of the peer or, if the peer is a trusted
 * proxy, the last address in X-Forwarded-For that is not a trusted proxy. An entry that is not an address ends the search,
 * because the entries before it may be forged: then it is the address of the proxy that sent this entry.
 *
 * @param trustedProxies Addresses, networks such as 10.0.0.0/8, or names of proxy-addr: loopback, linklocal, uniquelocal.
 */
export function clientAddress(trustedProxies: readonly string[]): ClientAddress {
  const isTrusted = proxyAddress.compile([...trustedProxies]);
  const isTrustedHop = (entry: string, index: number) => {
    const address = addressOfEntry(entry);
    return address !== null && isTrusted(address, index);
  };
  return (request) => {
    const peer = request.socket.remoteAddress;
    // The socket of a client that has disconnected has no address.
    if (peer === undefined) return null;
    // Ordered from the peer to the client.
    const hops = 'x-forwarded-for' in request.headers ? proxyAddress.all(request, isTrustedHop) : [peer];
    return hops.map(addressOfEntry).findLast((address) => address !== null) ?? null;
  };
}

/**
 * Returns the address of an entry in its normal form; null if it is not an address. Proxies write `192.0.2.1:4711`, `[2001:db8::1]`,
 * `[2001:db8::1]:4711`, any of these in quotes, and IPv4 addresses as IPv6.
 */
function addressOfEntry(entry: string): string | null {
  const bare = entry.trim().replace(/^"(.*)"$/, '$1');
  const address = /^\[(.*)\](?::\d{1,5})?$/.exec(bare)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(bare)?.[1] ?? bare;
  // ipaddr.js also parses 10.1, 0xA000001 and 167772161 as 10.0.0.1.
  return isIP(address) === 0 ? null : ipaddr.process(address).toString();
}

/** Returns the client's address by `addressOf`; null if the app does not run on a Node server. */
export function addressOfClient(c: Context, addressOf: ClientAddress): string | null {
  const incoming = nodeBindings(c)?.incoming;
  return incoming === undefined ? null : addressOf(incoming);
}

/** Returns Node's request and response; null if the app does not run on a Node server. */
export function nodeBindings(c: Context): HttpBindings | null {
  const bindings: unknown = c.env;
  const isOnNode =
    typeof bindings === 'object' && bindings !== null && 'incoming' in bindings && 'outgoing' in bindings;
  return isOnNode ? (bindings as HttpBindings) : null;
}
