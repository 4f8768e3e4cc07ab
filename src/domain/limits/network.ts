/**
 * Returns the network that counts as one client: an IPv4 address, also if it is written as IPv6, or the /64 network of an IPv6
 * address, whose addresses all belong to one client. Null for an unknown address; a text that is not an address is returned
 * as it is.
 */
export function networkOf(address: string | null): string | null {
  if (address === null) return null;
  const bare = address.replace(/%.*$/, '').toLowerCase();
  if (!bare.includes(':')) return bare;
  const groups = groupsOfAddress(bare);
  const [sixth = '', seventh = '', eighth = ''] = groups.slice(5);
  const isMapped = groups.slice(0, 5).every((group) => group === '0') && sixth === 'ffff';
  return isMapped ? ipv4Of(seventh, eighth) : `${groups.slice(0, 4).join(':')}::/64`;
}

/** The eight groups in hexadecimal, without leading zeros. */
function groupsOfAddress(address: string): string[] {
  const [before = '', after] = address.split('::');
  const head = groupsOf(before);
  const tail = groupsOf(after ?? '');
  const zeros = after === undefined ? [] : new Array<string>(Math.max(8 - head.length - tail.length, 0));
  return [...head, ...zeros.fill('0'), ...tail].map((group) => group.replace(/^0+(?=.)/, ''));
}

function groupsOf(part: string): string[] {
  return part === ''
    ? []
    : part.split(':').flatMap((group) => (group.includes('.') ? ipv4Groups(group) : group));
}

/** Converts dotted decimals at the end of an address to two groups. */
function ipv4Groups(dotted: string): string[] {
  const [first = 0, second = 0, third = 0, fourth = 0] = dotted.split('.').map(Number);
  return [first * 256 + second, third * 256 + fourth].map((group) => group.toString(16));
}

function ipv4Of(seventh: string, eighth: string): string {
  return [seventh, eighth]
    .map((group) => parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}
