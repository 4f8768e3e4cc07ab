import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';
import proxyAddress from 'proxy-addr';
import { ClientDisconnected } from './problem.js';

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

/**
 * Returns a controller that is aborted with `ClientDisconnected` if the client disconnects before the end of the response.
 *
 * On Node's server it watches the response. The signal of the request would create a `Request` with its body, and keep it
 * for as long as a stream runs.
 */
export function abortOnDisconnect(c: Context): AbortController {
  const client = new AbortController();
  const abort = () => {
    client.abort(new ClientDisconnected());
  };
  const outgoing = nodeBindings(c)?.outgoing;
  if (outgoing === undefined) {
    const { signal } = c.req.raw;
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    return client;
  }
  const onClose = () => {
    if (!outgoing.writableFinished) abort();
  };
  if (outgoing.destroyed) onClose();
  else outgoing.once('close', onClose);
  return client;
}

/** Returns Node's request and response; null if the app does not run on a Node server. */
export function nodeBindings(c: Context): HttpBindings | null {
  const bindings: unknown = c.env;
  const isOnNode =
    typeof bindings === 'object' && bindings !== null && 'incoming' in bindings && 'outgoing' in bindings;
  return isOnNode ? (bindings as HttpBindings) : null;
}
