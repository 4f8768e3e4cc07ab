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

/** An address outside of the cluster or of a node, or a pod in a namespace, by its labels. */
type Target = string | { namespace: Record<string, string>; pod: Record<string, string> };

/** Whether the policy lets a connection out, as Kubernetes documents it. */
function letsOut(target: Target, port: number, protocol: 'TCP' | 'UDP' = 'TCP'): boolean {
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
  // Without a selector of namespaces a peer is in the namespace of the policy.
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
  // A list takes IPv4 addresses for IPv6 ones, too.
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
])('the network policy lets questions to DNS out: to %s', (_, target) => {
  expect(letsOut(target, 53, 'UDP')).toBe(true);
  expect(letsOut(target, 53, 'TCP')).toBe(true);
});

test.each([
  ['traces', 4318],
  ['PostgreSQL', 5432],
  ['PgBouncer', 6432],
  ['mails', 465],
  ['mails', 587],
  ['providers', 443],
])('the network policy lets %s out to port %i, in the cluster and outside', (_, port) => {
  for (const target of [collector, '10.1.2.3', '203.0.113.7', '2001:db8::7']) {
    expect(letsOut(target, port), JSON.stringify(target)).toBe(true);
  }
});

test('the network policy lets nothing else out, and nothing to where a machine learns its own secrets', () => {
  for (const port of [22, 80, 8080, 10250]) {
    for (const target of [collector, '203.0.113.7']) expect(letsOut(target, port)).toBe(false);
  }
  for (const port of [80, 443]) {
    for (const target of ['169.254.169.254', 'fd00:ec2::254']) expect(letsOut(target, port)).toBe(false);
  }
});
