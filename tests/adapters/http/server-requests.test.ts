import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchangeBytes, openConnection, requestBytes, statusesIn } from './raw-connection.js';
import { balance, chat, exchanges, newAccount, until } from './requests.js';
import { waitingModel, text } from './test-models.js';
import { startTestServer, type TestServer } from './test-server.js';

const json = 'Content-Type: application/json';
const live = requestBytes('GET /health/live');

describe('the server, with raw requests', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer('memory');
  });
  afterAll(() => server.close());

  const statusesOf = async (bytes: readonly string[], responses: number) => {
    const buffers = bytes.map((chunk) => Buffer.from(chunk, 'latin1'));
    return statusesIn(await exchangeBytes(server.url, buffers, responses));
  };

  test('responds to pipelined requests in their order', async () => {
    const login = requestBytes('POST /api/login/', ['Content-Length: 2', json], '{}');
    const requests = [
      live,
      requestBytes('GET /api/nothing/'),
      login,
      requestBytes('DELETE /api/tokens/'),
      live,
    ];
    expect(await statusesOf([requests.join('')], 5)).toEqual([200, 404, 400, 405, 200]);
  });

  test('responds to the request after an unread body', async () => {
    const unread = requestBytes('POST /api/chat/', ['Content-Length: 20', json], '{"message": "Hello"}');
    expect(await statusesOf([unread + live], 2)).toEqual([401, 200]);
    expect(await statusesOf([unread, live], 2)).toEqual([401, 200]);
    const chunked = requestBytes(
      'POST /api/chat/',
      ['Transfer-Encoding: chunked', json],
      '2\r\n{}\r\n0\r\n\r\n',
    );
    expect(await statusesOf([chunked + live], 2)).toEqual([401, 200]);
  });

  test('reads a body that arrives in parts, with a length and chunked', async () => {
    const body = '{"username": "unknown", "password": "StrongPass123!"}';
    const whole = requestBytes('POST /api/login/', [`Content-Length: ${body.length}`, json]);
    expect(await statusesOf([whole, ...body.split(/(?<= )/)], 1)).toEqual([401]);
    const chunks = body.split(/(?<= )/).map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
    const chunked = requestBytes('POST /api/login/', ['Transfer-Encoding: chunked', json]);
    expect(await statusesOf([chunked, ...chunks, '0\r\n\r\n'], 1)).toEqual([401]);
  });

  test('sends 100 to a client with Expect: 100-continue, but not if its body is too large', async () => {
    const small = requestBytes('POST /api/login/', ['Content-Length: 2', 'Expect: 100-continue', json], '{}');
    expect(await statusesOf([small], 2)).toEqual([100, 400]);
    const large = requestBytes('POST /api/login/', [
      'Content-Length: 104857600',
      'Expect: 100-continue',
      json,
    ]);
    const connection = await openConnection(server.url);
    await connection.send(large);
    expect(statusesIn(await connection.closed).at(-1)).toBe(413);
    expect(
      await statusesOf(
        [requestBytes('POST /api/login/', ['Content-Length: 2', 'Expect: tea', json], '{}')],
        1,
      ),
    ).toEqual([417]);
  });

  test('is alive for a load balancer that speaks HTTP/1.0 without a Host', async () => {
    const received = await exchangeBytes(server.url, ['GET /health/live HTTP/1.0\r\n\r\n'], 1);
    expect(statusesIn(received)).toEqual([200]);
    expect(received).toContain('{"status":"live"}');
  });

  test('takes an absolute request target for its path', async () => {
    expect(await statusesOf([requestBytes('GET http://elsewhere.example/health/live')], 1)).toEqual([200]);
    expect(await statusesOf([requestBytes('GET http://elsewhere.example/api/tokens/')], 1)).toEqual([401]);
  });

  test.each<[string, string, number[]]>([
    ['no Host', 'GET /health/live HTTP/1.1\r\n\r\n', [400]],
    ['a Host with a space', requestBytes('GET /health/live', ['Host: a b']), [400]],
    ['a Host with a path', requestBytes('GET /health/live', ['Host: evil/x']), [400]],
    ['a Host with a user', requestBytes('GET /health/live', ['Host: a@b']), [400]],
    ['a Host with NUL', requestBytes('GET /health/live', ['Host: a%00b']), [400]],
    [
      'a Host with a port beyond all ports',
      requestBytes('GET /health/live', ['Host: localhost:99999']),
      [400],
    ],
    ['a broken absolute target', requestBytes('GET http://[/'), [400]],
    ['the target of another protocol', requestBytes('GET ftp://a/'), [400]],
    ['an asterisk for a target', requestBytes('OPTIONS *'), [400]],
    ['a tunnel', requestBytes('CONNECT localhost:80'), []],
    ['TRACE', requestBytes('TRACE /api/tokens/'), [405]],
    ['an unheard-of method', requestBytes('FOO /api/tokens/'), [400]],
    ['a method in lower case', requestBytes('get /api/tokens/'), [400]],
    ['a backslash in the path', requestBytes('GET /health\\live'), [400]],
    ['NUL in the path', requestBytes('GET /health/live\0'), [400]],
    ['a percent sign alone', requestBytes('GET /health/live%'), [400]],
    ['NUL in a header', requestBytes('GET /health/live', ['X-Request-Id: a\0b']), [400]],
    ['a folded header', requestBytes('GET /health/live', ['X: a\r\n b']), [400]],
    ['a header without a colon', requestBytes('GET /health/live', ['X']), [400]],
    ['bare line feeds', 'GET /health/live HTTP/1.1\nHost: a\n\n', [400]],
    ['20 KB of one header', requestBytes('GET /health/live', [`X: ${'a'.repeat(20_000)}`]), [431]],
    [
      '20 KB of many headers',
      requestBytes('GET /health/live', new Array<string>(1500).fill('abc: 12345678901')),
      [431],
    ],
    ['a path of 20 KB', requestBytes(`GET /${'a'.repeat(20_000)}`), [431]],
    ['900 tiny headers', requestBytes('GET /health/live', new Array<string>(900).fill('a:1')), [200]],
    [
      'two Authorization headers',
      requestBytes('GET /api/me/', ['Authorization: Token a', 'Authorization: Token b']),
      [401],
    ],
    [
      'two media types',
      requestBytes('POST /api/login/', ['Content-Length: 2', json, 'Content-Type: text/plain'], '{}'),
      [415],
    ],
    ['a header of bytes', requestBytes('GET /health/live', ['X-Request-Id: a\xe9b']), [200]],
    ['an upgrade', requestBytes('GET /health/live', ['Connection: Upgrade', 'Upgrade: websocket']), [200]],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', [400]],
    ['nothing', '', []],
    [
      'two equal lengths',
      requestBytes('POST /api/login/', ['Content-Length: 2', 'Content-Length: 2', json], '{}'),
      [400],
    ],
    [
      'two lengths',
      requestBytes('POST /api/login/', ['Content-Length: 2', 'Content-Length: 3', json], '{}'),
      [400],
    ],
    ['a negative length', requestBytes('POST /api/login/', ['Content-Length: -2', json], '{}'), [400]],
    ['a signed length', requestBytes('POST /api/login/', ['Content-Length: +2', json], '{}'), [400]],
    ['a hexadecimal length', requestBytes('POST /api/login/', ['Content-Length: 0x2', json], '{}'), [400]],
    [
      'a length beyond integers',
      requestBytes('POST /api/login/', [`Content-Length: ${'9'.repeat(20)}`, json], '{}'),
      [400],
    ],
    [
      'a length and chunks',
      requestBytes(
        'POST /api/login/',
        ['Content-Length: 2', 'Transfer-Encoding: chunked', json],
        '0\r\n\r\n',
      ),
      [400],
    ],
    [
      'a transfer coding that is not chunked',
      requestBytes('POST /api/login/', ['Transfer-Encoding: gzip', json], '{}'),
      [400],
    ],
    [
      'a chunk of no size',
      requestBytes('POST /api/login/', ['Transfer-Encoding: chunked', json], 'zz\r\n{}\r\n'),
      [400],
    ],
    [
      'a chunk beyond integers',
      requestBytes('POST /api/login/', ['Transfer-Encoding: chunked', json], `${'f'.repeat(18)}\r\n`),
      [400],
    ],
    ['a body with GET', requestBytes('GET /api/me/', ['Content-Length: 2', json], '{}'), [401]],
    ['neither length nor chunks', requestBytes('POST /api/login/', [json]), [400]],
  ])('responds to %s and continues to serve', async (_, bytes, statuses) => {
    expect(await statusesOf([bytes], statuses.length)).toEqual(statuses);
    expect(await statusesOf([live], 1)).toEqual([200]);
  });

  // The parser of Node 20.19 takes both, that of later versions neither.
  test.each([
    ['a raw byte in the path', requestBytes('GET /health/\xe9'), 404],
    ['a space before the colon', requestBytes('GET /health/live', ['Host : a']), 200],
  ])(
    'rejects %s with 400, or as its parser reads it, and continues to serve',
    async (_, bytes, whereTaken) => {
      const [status] = await statusesOf([bytes], 1);
      expect([400, whereTaken]).toContain(status);
      expect(await statusesOf([live], 1)).toEqual([200]);
    },
  );

  test.each([
    ['a length that is too great', ['Content-Length: 100', json], '{}'],
    ['chunks without an end', ['Transfer-Encoding: chunked', json], '2\r\n{}\r\n'],
  ])('rejects %s with 400 and continues to serve', async (_, headers, body) => {
    expect(await statusesOf([requestBytes('POST /api/login/', headers, body)], 0)).toEqual([400]);
    expect(await statusesOf([live], 1)).toEqual([200]);
  });

  test('takes what is beyond the length for another request, and for a malformed one', async () => {
    const bytes = requestBytes('POST /api/login/', ['Content-Length: 2', json], '{}{"username": 1}');
    expect((await statusesOf([bytes], 2)).every((status) => status === 400)).toBe(true);
    expect(await statusesOf([live], 1)).toEqual([200]);
  });
});

describe('a client that hangs up', () => {
  test.each([
    ['before any text came', [], { status: 'cancelled', tokens_charged: 0 }, 4000],
    ['after text came', [text('Once')], { status: 'cancelled', tokens_charged: 100, response: 'Once' }, 3900],
  ])('%s stops the model and is in the log', async (_, before, exchange, tokens) => {
    const model = waitingModel({ before });
    const server = await startTestServer('memory', { models: [model] });
    const { auth } = await newAccount(server);
    const connection = await openConnection(server.url);
    const headers = [
      'Content-Length: 17',
      json,
      `Authorization: Token ${auth}`,
      'X-Request-Id: the-gone-one',
    ];
    await connection.send(requestBytes('POST /api/chat/', headers, '{"message": "Hi"}'));
    await until(() => model.requests.length === 1);
    expect(await balance(server, auth)).toEqual({ tokens: 3900, held: 100 });
    connection.destroy();
    await until(async () => (await balance(server, auth))['held'] === 0);
    expect(model.requests[0]?.signal.aborted).toBe(true);
    expect(await balance(server, auth)).toEqual({ tokens, held: 0 });
    expect(await exchanges(server, auth)).toMatchObject([exchange]);
    await until(() => server.logLines.some((line) => /"request".*the-gone-one/.test(line)));
    expect(server.logLines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
    await server.close();
  });

  test('with an idempotency key finds its reply later', async () => {
    const model = waitingModel();
    const server = await startTestServer('memory', { models: [model] });
    const { auth } = await newAccount(server);
    const connection = await openConnection(server.url);
    const headers = ['Content-Length: 17', json, `Authorization: Token ${auth}`, 'Idempotency-Key: gone'];
    await connection.send(requestBytes('POST /api/chat/', headers, '{"message": "Hi"}'));
    await until(() => model.requests.length === 1);
    connection.destroy();
    await until(async () => (await chat(server, auth, 'Hi', { key: 'gone' })).status === 409);
    expect(model.requests[0]?.signal.aborted).toBe(false);
    model.letGo();
    await until(async () => (await chat(server, auth, 'Hi', { key: 'gone' })).status === 200);
    expect(await balance(server, auth)).toEqual({ tokens: 3900, held: 0 });
    await server.close();
  });
});
