/**
 * What counts as one client: an IPv4 address, or the /64 of an IPv6 address, since whoever has one of its addresses has
 * them all. Null for an unknown address; a text that is no address counts as it is.
 */
export function networkOf(address: string | null): string | null {
  if (address === null) return null;
  const bare = address.replace(/%.*$/, '').toLowerCase();
  const embedded = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1];
  if (embedded !== undefined) return embedded;
  return bare.includes(':') ? `${firstGroups(bare).join(':')}::/64` : bare;
}

/** The first four of the eight groups, without leading zeros. */
function firstGroups(address: string): string[] {
  const [before = '', after] = address.split('::');
  const head = groupsOf(before);
  const tail = groupsOf(after ?? '');
  // Dotted decimals at the end stand for two groups.
  const length = head.length + tail.length + (address.includes('.') ? 1 : 0);
  const zeros = after === undefined ? [] : new Array<string>(Math.max(8 - length, 0)).fill('0');
  return [...head, ...zeros, ...tail].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
}

function groupsOf(part: string): string[] {
  return part === '' ? [] : part.split(':');
}
