import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';
import proxyAddress from 'proxy-addr';
import { nodeBindings } from '../server/node-bindings.js';

/** Returns the address that a request comes from, or null if it is not known. */
export type ClientAddress = (request: IncomingMessage) => string | null;

/**
 * Returns how to find the address of a client: the address of the peer or, if the peer is one of `trustedProxies`
 * (addresses, networks such as 10.0.0.0/8, or proxy-addr's names for them: loopback, linklocal, uniquelocal), the last
 * address in X-Forwarded-For that is none of them. An entry that is no address ends the search: what it replaces is
 * unknown, and what is before it may be forged. The address of the proxy that sent it counts then.
 */
export function clientAddress(trustedProxies: readonly string[]): ClientAddress {
  const isTrusted = proxyAddress.compile([...trustedProxies]);
  const isTrustedHop = (entry: string, index: number) => {
    const address = addressOfEntry(entry);
    return address !== null && isTrusted(address, index);
  };
  return (request) => {
    const peer = request.socket.remoteAddress;
    // The socket of a client that has left already has no address.
    if (peer === undefined) return null;
    // Ordered from the peer to the client.
    const hops = 'x-forwarded-for' in request.headers ? proxyAddress.all(request, isTrustedHop) : [peer];
    return hops.map(addressOfEntry).findLast((address) => address !== null) ?? null;
  };
}

/**
 * The address of an entry in one spelling, or null if it has none. Proxies write `192.0.2.1:4711`, `[2001:db8::1]`,
 * `[2001:db8::1]:4711`, any of these in quotes, and IPv4 addresses as IPv6.
 */
function addressOfEntry(entry: string): string | null {
  const bare = entry.trim().replace(/^"(.*)"$/, '$1');
  const address = /^\[(.*)\](?::\d{1,5})?$/.exec(bare)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(bare)?.[1] ?? bare;
  // Stricter than ipaddr.js, which also takes 10.1, 0xA000001 and 167772161 for 10.0.0.1.
  return isIP(address) === 0 ? null : ipaddr.process(address).toString();
}

/** The address that a request comes from, as `addressOf` has it; null where the app is not answered by a Node server. */
export function addressOfClient(c: Context, addressOf: ClientAddress): string | null {
  const incoming = nodeBindings(c)?.incoming;
  return incoming === undefined ? null : addressOf(incoming);
}
