import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddress } from '../../../src/adapters/http/kit/headers.js';

/** A request as a server sees it, of which only what counts is there. */
function requestFrom(peer: string | undefined, forwardedFor?: string): IncomingMessage {
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
  return { socket: { remoteAddress: peer }, headers } as unknown as IncomingMessage;
}

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8::1', '2001:db8::1'],
])('the peer %s is the client %s', (peer, address) => {
  expect(clientAddress([])(requestFrom(peer))).toBe(address);
});

test('of a client that has left already nothing is known', () => {
  expect(clientAddress([])(requestFrom(undefined))).toBeNull();
  expect(clientAddress(['10.0.0.0/8'])(requestFrom(undefined, '192.0.2.7'))).toBeNull();
});

test.each([[[]], [['10.0.0.0/8']], [['192.0.2.8', '2001:db8::/32']]])(
  'a peer that is not in %j cannot name another address',
  (trusted) => {
    for (const forged of ['198.51.100.1', '198.51.100.1, 10.0.0.1', 'unknown', '', '::1, 127.0.0.1']) {
      expect(clientAddress(trusted)(requestFrom('192.0.2.7', forged))).toBe('192.0.2.7');
    }
  },
);

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['198.51.100.1, 192.0.2.7', '192.0.2.7'],
  ['198.51.100.1, 192.0.2.7, 10.0.0.9', '192.0.2.7'],
  ['10.0.0.1, 192.0.2.7,10.0.0.9 ,  10.0.0.8', '192.0.2.7'],
  ['192.0.2.7:4711', '192.0.2.7'],
  ['[2001:db8::1]:4711', '2001:db8::1'],
  ['2001:db8::1', '2001:db8::1'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['192.0.2.7, garbage', '10.0.0.1'],
  ['unknown', '10.0.0.1'],
  ['', '10.0.0.1'],
  ['10.0.0.3, 10.0.0.2', '10.0.0.3'],
  ['192.0.2.7:4711, 10.0.0.5:8080', '192.0.2.7'],
  ['198.51.100.1, 192.0.2.7:4711 , 10.0.0.5:8080,10.0.0.6', '192.0.2.7'],
  ['[2001:db8::1]:4711, [::ffff:10.0.0.5]:8080', '2001:db8::1'],
  ['[2001:DB8:0::1], 10.0.0.5', '2001:db8::1'],
  ['"[2001:db8::1]:4711", "10.0.0.5:8080"', '2001:db8::1'],
  ['"192.0.2.7", 10.0.0.5', '192.0.2.7'],
  ['\t192.0.2.7\t,\t10.0.0.5\t', '192.0.2.7'],
  ['::ffff:c000:207, ::ffff:a00:5', '192.0.2.7'],
  ['192.0.2.7, unknown, 10.0.0.5:8080', '10.0.0.5'],
  ['192.0.2.7, _hidden, 10.0.0.5', '10.0.0.5'],
  ['192.0.2.7, 10.5, 10.0.0.6', '10.0.0.6'],
  ['192.0.2.7, 167772165, 10.0.0.6', '10.0.0.6'],
  ['192.0.2.7, 0xA000005, 10.0.0.6', '10.0.0.6'],
  ['192.0.2.7, 10.0.0.5:8080:1, 10.0.0.6', '10.0.0.6'],
  ['192.0.2.7, 10.0.0.5:, 10.0.0.6', '10.0.0.6'],
  ['192.0.2.7, [10.0.0.5, 10.0.0.6', '10.0.0.6'],
  ['192.0.2.7, "10.0.0.5, 10.0.0.6', '10.0.0.6'],
])('a trusted proxy that forwards "%s" speaks for %s', (forwardedFor, address) => {
  expect(clientAddress(['10.0.0.0/8'])(requestFrom('10.0.0.1', forwardedFor))).toBe(address);
  expect(clientAddress(['10.0.0.0/8'])(requestFrom('::ffff:10.0.0.1', forwardedFor))).toBe(address);
});

test('a trusted proxy that forwards nothing speaks for itself', () => {
  expect(clientAddress(['10.0.0.0/8'])(requestFrom('10.0.0.1'))).toBe('10.0.0.1');
});

test('a client that forges its list and changes its port stays one', () => {
  const addresses = Array.from({ length: 1000 }, (_, index) => {
    const forged = `10.9.${index >> 8}.${index & 255}:${index}, "[2001:db8::${index}]", 10.0.0.7:${index}`;
    return clientAddress(['10.0.0.0/8'])(
      requestFrom('10.0.0.1', `${forged}, 192.0.2.7:${index}, 10.0.0.5:80`),
    );
  });
  expect(new Set(addresses)).toEqual(new Set(['192.0.2.7']));
});
