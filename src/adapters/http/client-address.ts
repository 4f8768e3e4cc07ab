import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Context } from 'hono';
import proxyAddress from 'proxy-addr';
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
    const claimed = 'x-forwarded-for' in request.headers ? claimedAddress(request, isTrusted) : null;
    return (claimed ?? peer).replace(/^::ffff:(?=\d+\.)/i, '');
  };
}

/** What the trusted proxies before it say; null when that is no address. */
function claimedAddress(
  request: IncomingMessage,
  isTrusted: ReturnType<typeof proxyAddress.compile>,
): string | null {
  const claimed = withoutPort(proxyAddress(request, isTrusted));
  return isIP(claimed) === 0 ? null : claimed;
}

/** Some proxies write `192.0.2.1:4711` or `[2001:db8::1]:4711`. */
function withoutPort(forwarded: string): string {
  return /^\[(.*)\](?::\d+)?$/.exec(forwarded)?.[1] ?? /^([\d.]+):\d+$/.exec(forwarded)?.[1] ?? forwarded;
}

/** The address that a request comes from, as `addressOf` has it; null where the app is not answered by a Node server. */
export function addressOfClient(c: Context, addressOf: ClientAddress): string | null {
  const incoming = nodeBindings(c)?.incoming;
  return incoming === undefined ? null : addressOf(incoming);
}
