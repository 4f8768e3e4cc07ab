import { readFile } from 'node:fs/promises';
import { BlockList, isIPv6 } from 'node:net';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Labels {
  matchLabels?: Record<string, string>;
}

interface Peer {
  ipBlock?: { cidr: string; except?: string[] };
  podSelector?: Labels;
  namespaceSelector?: Labels;
}

interface EgressRule {
  to?: Peer[];
  ports: { port: number; protocol?: 'TCP' | 'UDP' }[];
}

const file = new URL('../../deploy/kubernetes/network-policy.yaml', import.meta.url);
const { spec } = parse(await readFile(file, 'utf8')) as { spec: { egress: EgressRule[] } };

/** An address, or a pod and its namespace by their labels. */
type Target = string | { namespace: Record<string, string>; pod: Record<string, string> };

/** Whether the policy allows a connection, by the rules of Kubernetes. */
function allows(target: Target, port: number, protocol: 'TCP' | 'UDP' = 'TCP'): boolean {
  return spec.egress.some(
    ({ to, ports }) =>
      ports.some((one) => one.port === port && (one.protocol ?? 'TCP') === protocol) &&
      (to === undefined || to.some((peer) => matches(peer, target))),
  );
}

function matches({ ipBlock, podSelector, namespaceSelector }: Peer, target: Target): boolean {
  if (typeof target === 'string') {
    if (ipBlock === undefined) return false;
    return isWithin(target, [ipBlock.cidr]) && !isWithin(target, ipBlock.except ?? []);
  }
  if (ipBlock !== undefined) return false;
  // Without a namespaceSelector a peer is in the namespace of the policy.
  return (
    namespaceSelector !== undefined &&
    has(target.namespace, namespaceSelector) &&
    has(target.pod, podSelector)
  );
}

function has(labels: Record<string, string>, selector: Labels = {}): boolean {
  return Object.entries(selector.matchLabels ?? {}).every(([name, value]) => labels[name] === value);
}

function isWithin(address: string, networks: readonly string[]): boolean {
  const list = new BlockList();
  // A BlockList also matches IPv4 addresses as IPv6 addresses.
  for (const network of networks.filter((one) => one.includes(':') === isIPv6(address))) {
    const [start = '', bits] = network.split('/');
    list.addSubnet(start, Number(bits), isIPv6(start) ? 'ipv6' : 'ipv4');
  }
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

const dnsPod = {
  namespace: { 'kubernetes.io/metadata.name': 'kube-system' },
  pod: { 'k8s-app': 'kube-dns' },
};
const collector = { namespace: { 'kubernetes.io/metadata.name': 'monitoring' }, pod: { app: 'collector' } };

test.each([
  ['pods', dnsPod],
  ['the address of a Service', '10.96.0.10'],
  ['a cache on each node', '169.254.20.10'],
])('the network policy allows DNS: to %s', (_, target) => {
  expect(allows(target, 53, 'UDP')).toBe(true);
  expect(allows(target, 53, 'TCP')).toBe(true);
});

test.each([
  ['traces', 4318],
  ['PostgreSQL', 5432],
  ['PgBouncer', 6432],
  ['mails', 465],
  ['mails', 587],
  ['providers', 443],
])('the network policy allows %s to port %i, inside and outside of the cluster', (_, port) => {
  for (const target of [collector, '10.1.2.3', '203.0.113.7', '2001:db8::7']) {
    expect(allows(target, port), JSON.stringify(target)).toBe(true);
  }
});

test('the network policy allows no other port, and no access to the metadata service of the cloud', () => {
  for (const port of [22, 80, 8080, 10250]) {
    for (const target of [collector, '203.0.113.7']) expect(allows(target, port)).toBe(false);
  }
  for (const port of [80, 443]) {
    for (const target of ['169.254.169.254', 'fd00:ec2::254']) expect(allows(target, port)).toBe(false);
  }
});
