import { expect, test } from 'vitest';
import { call, type TestResponse } from './api-client.js';
import { startServer, type ServerProcess } from './server-process.js';
import { storagePerTest } from './storage.js';

interface ResponseBody {
  code: string;
  token: string;
  refresh_token: string;
}

const password = 'StrongPass123!';
const storage = storagePerTest('PostgreSQL');

function start(settings: Record<string, string> = {}): Promise<ServerProcess> {
  return startServer({
    ...storage().environment,
    RATE_LIMIT: 'on',
    RATE_LIMIT_REGISTER: '1000/1h',
    ...settings,
  });
}

function register({ url }: ServerProcess, username: string): Promise<TestResponse<ResponseBody>> {
  return call(url, '/api/register/', { body: { username, password } });
}

function logIn(
  { url }: ServerProcess,
  body: { username: string; password: string },
  forwardedFor?: string,
): Promise<TestResponse<ResponseBody>> {
  const headers = forwardedFor === undefined ? {} : { 'X-Forwarded-For': forwardedFor };
  return call(url, '/api/login/', { body, headers });
}

function chat({ url }: ServerProcess, authToken: string, body: unknown): Promise<TestResponse<ResponseBody>> {
  return call(url, '/api/chat/', { authToken, body });
}

/** Returns the limit and what remains of it, from the headers of a response. */
function limitOf({ headers }: TestResponse<unknown>): (string | null)[] {
  return ['RateLimit-Limit', 'RateLimit-Remaining'].map((name) => headers.get(name));
}

function secondsOf({ headers }: TestResponse<unknown>, name: string): number {
  return Number(headers.get(name) ?? Number.NaN);
}

test('every response to a chat has the state of the limit, and beyond it the status is 429 before the body is read', async () => {
  const server = await start({ RATE_LIMIT_CHAT: '3/1h' });
  const jane = (await register(server, 'chat_jane')).body.token;
  const john = (await register(server, 'chat_john')).body.token;
  const responses = [
    await chat(server, jane, { message: 'Hello' }),
    await chat(server, jane, { message: '' }),
    await chat(server, jane, { message: 'Hello' }),
    await chat(server, jane, { message: '' }),
  ];
  expect(responses.map((response) => [response.status, ...limitOf(response)])).toEqual([
    [200, '3', '2'],
    [400, '3', '1'],
    [200, '3', '0'],
    [429, '3', '0'],
  ]);
  for (const response of responses) {
    const reset = secondsOf(response, 'RateLimit-Reset');
    expect(reset).toBeGreaterThan(3500);
    expect(reset).toBeLessThanOrEqual(3600);
  }
  const rejected = responses[3];
  expect(rejected?.body).toMatchObject({ status: 429, title: 'Too Many Requests', code: 'rate_limited' });
  expect(rejected?.headers.get('Retry-After')).toBe(rejected?.headers.get('RateLimit-Reset'));
  expect(rejected?.headers.get('Content-Type')).toBe('application/problem+json');
  expect(await chat(server, john, { message: 'Hello' })).toMatchObject({ status: 200 });
  const history = await call(server.url, '/api/chat/', { authToken: jane });
  expect([history.status, ...limitOf(history)]).toEqual([200, null, null]);
});

test('register and refresh are limited by address, whatever the body is', async () => {
  const server = await start({ RATE_LIMIT_REGISTER: '2/1h', RATE_LIMIT_REFRESH: '2/1h' });
  const first = await register(server, 'limited_jane');
  const registered = [first, await register(server, ''), await register(server, 'limited_john')];
  expect(registered.map((response) => [response.status, ...limitOf(response)])).toEqual([
    [201, '2', '1'],
    [400, '2', '0'],
    [429, '2', '0'],
  ]);
  const refresh = (refresh_token: string) =>
    call(server.url, '/api/session/refresh/', { body: { refresh_token } });
  const refreshed = [
    await refresh(first.body.refresh_token),
    await refresh('nothing'),
    await refresh(first.body.refresh_token),
  ];
  expect(refreshed.map((response) => [response.status, ...limitOf(response)])).toEqual([
    [200, '2', '1'],
    [401, '2', '0'],
    [429, '2', '0'],
  ]);
});

test('an unknown username is limited exactly like an existing one', async () => {
  const server = await start({ RATE_LIMIT_LOGIN: '4/15m', RATE_LIMIT_LOGIN_ADDRESS: '1000/15m' });
  await register(server, 'known_jane');
  const seen: Record<string, unknown> = {};
  for (const username of ['known_jane', 'unknown_jane']) {
    const responses: TestResponse<ResponseBody>[] = [];
    for (let index = 0; index < 6; index += 1) {
      responses.push(await logIn(server, { username, password: 'a wrong one' }));
    }
    seen[username] = responses.map((response) => [response.status, response.body, ...limitOf(response)]);
    expect(responses.map((response) => [response.status, ...limitOf(response)])).toEqual([
      [401, '4', '3'],
      [401, '4', '2'],
      [401, '4', '1'],
      [401, '4', '0'],
      [429, '4', '0'],
      [429, '4', '0'],
    ]);
    const retryAfter = responses.slice(4).map((response) => secondsOf(response, 'Retry-After'));
    for (const seconds of retryAfter) expect(seconds).toBeGreaterThan(880);
  }
  expect(seen['unknown_jane']).toEqual(seen['known_jane']);
  expect((await logIn(server, { username: 'known_jane', password })).status).toBe(429);
});

test('correct passwords are not limited, and the response has the remaining number of wrong ones', async () => {
  const server = await start({ RATE_LIMIT_LOGIN: '3/15m' });
  await register(server, 'right_jane');
  await logIn(server, { username: 'right_jane', password: 'a wrong one' });
  for (let index = 0; index < 6; index += 1) {
    const response = await logIn(server, { username: 'right_jane', password });
    expect([response.status, ...limitOf(response)]).toEqual([200, '3', '2']);
  }
});

test('wrong passwords at all endpoints count for the same account', async () => {
  const server = await start({ RATE_LIMIT_LOGIN: '4/15m' });
  const { token: authToken } = (await register(server, 'limit_jane')).body;
  const current_password = 'a wrong one';
  const endpoints = [
    ['POST', '/api/me/password/', { current_password, new_password: 'OtherPass456!' }],
    ['PATCH', '/api/me/', { email: 'limit@example.com', current_password }],
    ['DELETE', '/api/me/', { current_password }],
  ] as const;
  const tryAll = async () => {
    const responses: TestResponse<ResponseBody>[] = [];
    for (const [method, path, body] of endpoints) {
      responses.push(await call(server.url, path, { method, body, authToken }));
    }
    return responses;
  };
  for (const { status, body } of await tryAll()) expect([status, body.code]).toEqual([403, 'wrong_password']);
  expect((await logIn(server, { username: 'limit_jane', password: 'a wrong one' })).status).toBe(401);
  for (const { status, headers } of await tryAll()) {
    expect([status, headers.get('RateLimit-Remaining')]).toEqual([429, '0']);
  }
  expect((await logIn(server, { username: 'limit_jane', password })).status).toBe(429);
});

test('two servers on one PostgreSQL share their limits', async () => {
  const settings = { RATE_LIMIT_CHAT: '6/1h', RATE_LIMIT_LOGIN: '6/15m' };
  const servers = await Promise.all([start(settings), start(settings)]);
  const at = (index: number) => servers[index % 2] ?? servers[0];
  const { token: authToken } = (await register(servers[0], 'shared_jane')).body;
  const chats = await Promise.all(
    Array.from({ length: 20 }, (_, index) => chat(at(index), authToken, { message: 'Hello' })),
  );
  expect(chats.filter(({ status }) => status === 200)).toHaveLength(6);
  expect(chats.filter(({ status }) => status === 429)).toHaveLength(14);
  const guesses: number[] = [];
  for (let index = 0; index < 8; index += 1) {
    guesses.push((await logIn(at(index), { username: 'shared_jane', password: 'a wrong one' })).status);
  }
  expect(guesses).toEqual([401, 401, 401, 401, 401, 401, 429, 429]);
});

test('a thousand forged addresses count as one', async () => {
  const server = await start({ RATE_LIMIT_LOGIN_ADDRESS: '20/15m' });
  const fail = async (number: number) => {
    const guess = { username: `forged_${number}`, password: 'a wrong one' };
    return (await logIn(server, guess, `198.51.${Math.floor(number / 250)}.${number % 250}`)).status;
  };
  for (let number = 0; number < 20; number += 1) expect(await fail(number)).toBe(401);
  for (let round = 1; round < 50; round += 1) {
    const statuses = await Promise.all(Array.from({ length: 20 }, (_, index) => fail(20 * round + index)));
    expect(new Set(statuses)).toEqual(new Set([429]));
  }
});

test('behind a trusted proxy each client is limited by the address that the proxy has seen', async () => {
  const server = await start({
    TRUSTED_PROXIES: '127.0.0.0/8, ::1, 10.0.0.0/8',
    RATE_LIMIT_LOGIN_ADDRESS: '3/15m',
  });
  const fail = async (forwardedFor: string, name: string) => {
    const guess = { username: `proxied_${name}`, password: 'a wrong one' };
    return (await logIn(server, guess, forwardedFor)).status;
  };
  for (const client of ['192.0.2.7', '2001:db8::7']) {
    for (let index = 0; index < 3; index += 1) {
      expect(await fail(`198.51.100.${index}, ${client}, 10.0.0.1`, `${client.length}_${index}`)).toBe(401);
    }
    expect(await fail(`198.51.100.9, ${client}`, 'another')).toBe(429);
  }
  expect(await fail('192.0.2.8', 'another')).toBe(401);
  expect(await fail('2001:db8::ffff:1', 'another')).toBe(429);
});

test('without limits no response has limit headers', async () => {
  const server = await start({ RATE_LIMIT: 'off', RATE_LIMIT_LOGIN: '1/15m', RATE_LIMIT_CHAT: '1/1h' });
  const registered = await register(server, 'free_jane');
  const responses = [registered];
  for (let index = 0; index < 3; index += 1) {
    responses.push(await logIn(server, { username: 'free_jane', password: 'a wrong one' }));
    responses.push(await chat(server, registered.body.token, { message: 'Hello' }));
  }
  expect(responses.map(({ status }) => status)).toEqual([201, 401, 200, 401, 200, 401, 200]);
  for (const response of responses) expect(limitOf(response)).toEqual([null, null]);
});

test('guesses from many addresses do not lock out a user at an address where the user has signed in, also after a restart', async () => {
  const settings = { RATE_LIMIT_LOGIN_ACCOUNT: '5/15m', TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' };
  const first = await start(settings);
  const jane = { username: 'attacked_jane', password };
  const home = '192.0.2.1:4711, 10.0.0.5:8080';
  await register(first, jane.username);
  expect((await logIn(first, jane, home)).status).toBe(200);
  await first.kill();
  const server = await start(settings);
  for (let index = 0; index < 5; index += 1) {
    const guess = { ...jane, password: 'a wrong one' };
    expect((await logIn(server, guess, `198.51.100.${index}:80`)).status).toBe(401);
  }
  expect((await logIn(server, jane, '203.0.113.7')).status).toBe(429);
  expect((await logIn(server, jane, home)).status).toBe(200);
  expect((await logIn(server, jane, '"192.0.2.1:81", [::ffff:10.0.0.6]:80')).status).toBe(200);
});
