import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Returns whether an IP address is a public one of a single machine: not of a private network, the machine itself, a link, a
 * carrier, documentation, a metadata service or a group; also if it is written in another family, as IPv4 within IPv6.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4'
    ? !(address as ipaddr.IPv4).match(benchmarking)
    : !isWithinReserved(address as ipaddr.IPv6);
}

/** A network for measurements within an organisation, which some networks use for other machines. */
const benchmarking = ipaddr.IPv4.parseCIDR('198.18.0.0/15');

/** Networks of IPv6 that are no unicast addresses of the internet, or that carry an IPv4 address. */
const reserved = [
  '::/96',
  '100::/64',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2002::/16',
  '2001::/23',
  'fec0::/10',
  '3fff::/20',
  '5f00::/16',
];

function isWithinReserved(address: ipaddr.IPv6): boolean {
  return reserved.some((network) => address.match(ipaddr.IPv6.parseCIDR(network)));
}

/** Resolves every address of a host, as `lookup` of `node:dns` does with `all`. */
export type ResolveHost = (
  host: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export const resolveHost: ResolveHost = (host, callback) => {
  systemLookup(host, { all: true }, callback);
};

/** The error of a host that has an address which is not public. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';

  constructor() {
    super('The address belongs to a private network. Set WEBHOOK_ALLOW_PRIVATE=true to allow it.');
  }
}

/**
 * Returns a lookup for the connection itself: the address that is checked is the one that it connects to, so that no later response
 * of the DNS counts. One address that is not public rejects the host.
 */
export function publicLookup(resolve: ResolveHost): LookupFunction {
  return (host, options, callback) => {
    resolve(host, (error, addresses) => {
      // With an error there are no addresses, whatever their type says.
      const [first] = error === null ? addresses : [];
      if (first === undefined) {
        callback(error ?? new Error('The host has no address.'), '', 0);
      } else if (!addresses.every(({ address }) => isPublicAddress(address))) {
        callback(new PrivateAddressError(), '', 0);
      } else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
