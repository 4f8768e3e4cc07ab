import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyAddress from 'proxy-addr';
import type { HttpMiddleware } from './context.js';
import { nodeBindings } from './node-bindings.js';

/** The address that a request comes from, or null when nobody knows. */
export type ClientAddress = (request: IncomingMessage) => string | null;

/**
 * The peer's address; where the peer is one of `trustedProxies` (addresses, networks such as 10.0.0.0/8, or proxy-addr's
 * names for them: loopback, linklocal, uniquelocal), the last address in X-Forwarded-For that is none of them.
 */
export function clientAddress(trustedProxies: readonly string[]): ClientAddress {
  const isTrusted = proxyAddress.compile([...trustedProxies]);
  return (request) => {
    const peer = request.socket.remoteAddress;
    // The socket of a client that has left already has no address.
    if (peer === undefined) return null;
    const claimed = withoutPort(proxyAddress(request, isTrusted));
    const address = isIP(claimed) === 0 ? peer : claimed;
    return address.replace(/^::ffff:(?=\d+\.)/i, '');
  };
}

/** Some proxies write `192.0.2.1:4711` or `[2001:db8::1]:4711`. */
function withoutPort(forwarded: string): string {
  return /^\[(.*)\](?::\d+)?$/.exec(forwarded)?.[1] ?? /^([\d.]+):\d+$/.exec(forwarded)?.[1] ?? forwarded;
}

/** Notes the client's address for whoever asks later; null where the app is not mounted in a Node server. */
export function noteClientAddress(addressOf: ClientAddress): HttpMiddleware {
  return (c, next) => {
    const incoming = nodeBindings(c)?.incoming;
    c.set('clientAddress', incoming === undefined ? null : addressOf(incoming));
    return next();
  };
}
