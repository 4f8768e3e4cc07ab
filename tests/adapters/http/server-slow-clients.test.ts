import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openConnection, requestBytes, statusesIn } from './raw-connection.js';
import { balance, newAccount } from './requests.js';
import { startTestServer } from './test-server.js';
import { stopwatch } from '../../stopwatch.js';

const json = 'Content-Type: application/json';

/** What each slow client sends at once, and what it then repeats ten times a second. */
const slowClients: [name: string, first: string, then: string][] = [
  ['says nothing', '', ''],
  ['stops within the request line', 'POST /api/lo', ''],
  ['stops within the headers', 'POST /api/login/ HTTP/1.1\r\nHost: localhost\r\nX-', ''],
  ['sends its headers letter by letter', 'POST /api/login/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ', 'a'],
  ['sends header after header', 'POST /api/login/ HTTP/1.1\r\nHost: localhost\r\n', 'X: 1\r\n'],
  ['sends no body', requestBytes('POST /api/login/', ['Content-Length: 1000', json]), ''],
  ['sends its body letter by letter', requestBytes('POST /api/login/', ['Content-Length: 1000', json]), ' '],
  [
    'sends chunk after chunk',
    requestBytes('POST /api/login/', ['Transfer-Encoding: chunked', json]),
    '1\r\n \r\n',
  ],
  [
    'stops within a chunk',
    requestBytes('POST /api/login/', ['Transfer-Encoding: chunked', json], 'ff\r\n '),
    '',
  ],
  ['goes on after it was refused', requestBytes('POST /api/chat/', ['Content-Length: 1000', json]), ' '],
];

test('slow clients are cut off within 10 s, all the while others are served', async () => {
  const server = await startTestServer('memory');
  const { auth } = await newAccount(server);
  const allCutOff = new AbortController();
  const served: number[] = [];
  const others = (async () => {
    while (!allCutOff.signal.aborted) {
      const sinceAsking = stopwatch();
      const response = await fetch(`${server.url}/api/chat/`, {
        method: 'POST',
        headers: { Authorization: `Token ${auth}`, 'Content-Type': 'application/json' },
        body: '{"message": "Hi"}',
      });
      await response.text();
      expect([200, 402]).toContain(response.status);
      served.push(sinceAsking());
      await delay(50);
    }
  })();
  const ends = await Promise.all(
    slowClients.map(async ([name, first, then]) => {
      const connection = await openConnection(server.url);
      const sinceOpening = stopwatch();
      await connection.send(first);
      const drip = setInterval(() => void connection.send(then), 100);
      const received = await connection.closed;
      clearInterval(drip);
      return { name, statuses: statusesIn(received), closedAfterMs: sinceOpening() };
    }),
  );
  allCutOff.abort();
  await others;
  for (const { name, statuses, closedAfterMs } of ends) {
    expect(closedAfterMs, name).toBeLessThan(10_000);
    expect(statuses, name).toEqual([name === 'goes on after it was refused' ? 401 : 408]);
  }
  expect(served.length).toBeGreaterThan(20);
  expect(served.sort((left, right) => left - right).at(Math.floor(served.length * 0.99))).toBeLessThan(2000);
  expect(await balance(server, auth)).toMatchObject({ held: 0 });
  await server.close();
});

test('a large body has time according to its size, and a body that stalls does not', async () => {
  const bodyPace = { graceMs: 300, bytesPerMs: 1000 };
  const server = await startTestServer('memory', { bodyPace });
  const { auth } = await newAccount(server);
  const part = ' '.repeat(200_000);
  const body = '{"message": "Hi"}';
  const request = (parts: number) =>
    requestBytes('POST /api/chat/', [
      ...[`Authorization: Token ${auth}`, json, 'Connection: close'],
      `Content-Length: ${parts * part.length + body.length}`,
    ]);
  const steady = await openConnection(server.url);
  await steady.send(request(10));
  const startedAt = performance.now();
  for (let sent = 0; sent < 10; sent += 1) {
    await delay(60);
    await steady.send(part);
  }
  await steady.send(body);
  expect(performance.now() - startedAt).toBeGreaterThan(bodyPace.graceMs);
  expect(statusesIn(await steady.closed)).toEqual([200]);
  const stalling = await openConnection(server.url);
  await stalling.send(request(10));
  await stalling.send(part);
  expect(statusesIn(await stalling.closed)).toEqual([408]);
  expect(await balance(server, auth)).toEqual({ tokens: 3900, held: 0 });
  await server.close();
});
