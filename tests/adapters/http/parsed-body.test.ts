import { getRequestListener, serve } from '@hono/node-server';
import express, { type Express, type Request as ExpressRequest } from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import { mount } from 'hono/mount';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpApp } from '../../../src/adapters/http/kit/context.js';
import { mountableApp } from '../../../src/adapters/http/mountable-app.js';
import { openEngine, type Engine } from './engines.js';
import { openConnection, requestBytes, statusesIn } from './raw-connection.js';
import { freshName, goodPassword } from './requests.js';
import { linesLog, testApi } from './test-api.js';

const json = { 'Content-Type': 'application/json' };
const circle: Record<string, unknown> = {};
circle['circle'] = circle;

describe('a body that the host has read', () => {
  let engine: Engine;
  let app: HttpApp;
  let auth: string;
  const lines: string[] = [];
  const servers: Server[] = [];
  beforeAll(async () => {
    engine = await openEngine('memory');
    const { core } = testApi(engine);
    app = mountableApp({ core, log: linesLog(lines), publicUrl: 'http://localhost/assistant' });
    const { session } = await core.users.register({
      ...{ username: freshName(), email: null, password: goodPassword },
      origin: { address: null, userAgent: null },
    });
    auth = `Bearer ${session.accessSecret}`;
  });
  afterAll(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    await engine.close();
  });

  const post = (path: string, init: RequestInit, bindings?: object) =>
    app.fetch(new Request(`http://localhost${path}`, { method: 'POST', ...init }), bindings);
  /** What the API says to a body that was handed over. */
  const handed = async (parsedBody: unknown, path = '/api/chat/', headers: Record<string, string> = json) => {
    const response = await post(path, { headers: { Authorization: auth, ...headers } }, { parsedBody });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const listening = async (server: Server) => {
    servers.push(server);
    if (!server.listening) await once(server, 'listening');
    return `http://localhost:${(server.address() as AddressInfo).port}`;
  };

  test('is used in place of the stream, which is left alone', async () => {
    const body = Readable.toWeb(Readable.from([Buffer.from('not even JSON')])) as ReadableStream;
    const request = { headers: { ...json, Authorization: auth }, body, duplex: 'half' } as RequestInit;
    const response = await post('/api/chat/', request, { parsedBody: { message: 'Hello' } });
    expect(await response.json()).toMatchObject({ response: 'Echo: Hello' });
    const streamed = await handed({ message: 'Hello' }, '/api/register/');
    expect(streamed.body).toMatchObject({ code: 'invalid_input', errors: { username: ['Is required.'] } });
    const completed = await handed(
      { model: 'echo', messages: [{ role: 'user', content: 'Hi' }] },
      '/v1/chat/completions',
    );
    expect(completed.body).toMatchObject({ choices: [{ message: { content: 'Echo: Hi' } }] });
  });

  test.each([
    '{}',
    'null',
    '[]',
    '"text"',
    '17',
    'true',
    '{"message":17}',
    '{"message":"a\\u0000b"}',
    '{"message":"\\ud800"}',
    '{"message":"\\ufeffx"}',
    '{"message":"x","\\u0000":1}',
    '{"message":"x","more":{"deep":["\\ud83e"]}}',
    '{"message":" "}',
    '{"message":"x","__proto__":{"message":"y","model":"nothing"}}',
    '{"__proto__":{"message":"x"}}',
    '{"constructor":{"prototype":{"message":"x"}}}',
    '{"message":"x","model":"nothing"}',
    '{"message":"x","conversation_id":"no id"}',
    '{"message":"x","toJSON":"no function"}',
    `{"message":"x","deep":${'['.repeat(63)}${']'.repeat(63)}}`,
    `{"message":"x","deep":${'['.repeat(64)}${']'.repeat(64)}}`,
    `{"message":"x","long":"${'é'.repeat(2_200_000)}"}`,
    `{"message":"x","long":"${'a'.repeat(4 * 1_048_576 - 25)}"}`,
  ])('is checked as it would be unread: %#', async (text) => {
    const unread = await post('/api/chat/', { headers: { ...json, Authorization: auth }, body: text });
    const body = (await unread.json()) as Record<string, unknown>;
    const fromHost = await handed(JSON.parse(text));
    expect(fromHost.status).toBe(unread.status);
    const { code, detail, errors, response } = fromHost.body;
    expect({ code, detail, errors, response }).toEqual({
      code: body['code'],
      detail: body['detail'],
      errors: body['errors'],
      response: body['response'],
    });
    expect(({} as Record<string, unknown>)['message']).toBeUndefined();
  });

  test.each([
    ['a date is its text', { message: new Date(0) }, 200, '1970-01-01T00:00:00.000Z'],
    ['what has a JSON form of its own is that', { message: { toJSON: () => 'Hi' } }, 200, 'Hi'],
    ['undefined is absent', { message: 'Hi', model: undefined }, 200, 'Hi'],
    ['a function is absent', { message: () => 'Hi' }, 400, null],
    ['a symbol is absent', { message: Symbol('Hi') }, 400, null],
    ['no number is null', { message: Number.NaN }, 400, null],
    ['a map is an empty object', new Map([['message', 'Hi']]), 400, null],
    ['a BigInt is malformed', { message: 1n }, 400, null],
    ['a circle is malformed', circle, 400, null],
    ['a function alone is malformed', () => 'Hi', 400, null],
    [
      'what throws is malformed',
      {
        get message() {
          throw new TypeError('no');
        },
      },
      400,
      null,
    ],
    ['what is inherited does not count', Object.create({ message: 'Hi' }) as object, 400, null],
    [
      'null without a prototype is an object',
      Object.assign(Object.create(null) as object, { message: 'Hi' }),
      200,
      'Hi',
    ],
    ['bytes are what the client has sent', Buffer.from('{"message":"Hi"}'), 200, 'Hi'],
    ['bytes are checked', Buffer.from([0x22, 0xff, 0x22]), 400, null],
    ['no bytes are an empty body', Buffer.alloc(0), 400, null],
  ])('can hold what JSON cannot: %s', async (_, parsedBody, status, message) => {
    const response = await handed(parsedBody);
    expect(response.status).toBe(status);
    if (message !== null) expect(response.body['response']).toBe(`Echo: ${message}`);
    else expect(response.body['code']).toMatch(/^(invalid_input|malformed_body)$/);
  });

  test('nested too deep for any program is malformed, and harms nothing', async () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 200_000; depth += 1) deep = [deep];
    expect((await handed({ message: 'x', deep })).body).toMatchObject({ code: 'malformed_body' });
  });

  test('of another media type is refused, as a form would be that the host has parsed', async () => {
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await handed({ message: 'Hi' }, '/api/chat/', form)).status).toBe(415);
  });

  const chatOn = (url: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/assistant/api/chat/`, {
      ...{ method: 'POST', body, headers: { ...json, Authorization: auth, ...headers } },
    });
  const hello = JSON.stringify({ message: 'Hello' });

  /** Express with its parser, and the API before or after it. */
  const onExpress = (express_: Express, handsOver: boolean) => {
    const listener = getRequestListener(
      (request, node) => {
        const parsedBody: unknown = (node.incoming as ExpressRequest).body;
        return app.fetch(request, handsOver ? { ...node, parsedBody } : node);
      },
      { overrideGlobalObjects: false },
    );
    express_.use('/assistant', (request, response) => void listener(request, response));
    return listening(express_.listen(0));
  };

  test('by Express is used, for plain responses, streams and bodies that it does not read', async () => {
    const url = await onExpress(express().use(express.json()), true);
    expect(await (await chatOn(url, hello)).json()).toMatchObject({ response: 'Echo: Hello' });
    const events = await (await chatOn(url, hello, { Accept: 'text/event-stream' })).text();
    expect(events).toContain('event: done');
    // `express.json()` passes on what is not JSON.
    const form = await chatOn(url, 'message=Hello', { 'Content-Type': 'application/x-www-form-urlencoded' });
    expect(form.status).toBe(415);
    const cloudEvent = await chatOn(url, hello, { 'Content-Type': 'application/vnd.api+json' });
    expect(cloudEvent.status).toBe(200);
  });

  test('by Fastify is used, below the path that it leaves there', async () => {
    const fastify = Fastify();
    fastify.all('/assistant/*', async (request, reply) => {
      reply.hijack();
      await getRequestListener((asked, node) => app.fetch(asked, { ...node, parsedBody: request.body }), {
        overrideGlobalObjects: false,
      })(request.raw, reply.raw);
    });
    const url = await fastify.listen({ port: 0 });
    expect(await (await chatOn(url, hello)).json()).toMatchObject({ response: 'Echo: Hello' });
    expect(await (await chatOn(url, hello, { Accept: 'text/event-stream' })).text()).toContain('event: done');
    await fastify.close();
  });

  test.each([
    ['Express', () => onExpress(express().use(express.json()), false)],
    ['Express, in chunks', () => onExpress(express().use(express.json()), false)],
    [
      'Hono',
      () => {
        const host = new Hono();
        host.use(async (c, next) => {
          await c.req.json();
          await next();
        });
        host.all('/assistant/*', (c) => app.fetch(c.req.raw, c.env as object));
        return listening(serve({ fetch: host.fetch, port: 0 }) as Server);
      },
    ],
    [
      'a host that makes another request of what is left',
      () => {
        const host = express().use(express.json());
        host.use('/assistant', (request, response) => {
          const headers = new Headers(request.headers as Record<string, string>);
          const asked = new Request(`http://localhost${request.url}`, {
            ...{ method: 'POST', headers, body: new Blob([]).stream(), duplex: 'half' },
          });
          void Promise.resolve(app.fetch(asked)).then(async (result) => {
            response.status(result.status).send(await result.text());
          });
        });
        return listening(host.listen(0));
      },
    ],
  ])('and is not handed over by %s: the error and the log say what to do', async (what, start) => {
    const url = await start();
    lines.length = 0;
    const response = await fetch(`${url}/assistant/api/chat/`, {
      method: 'POST',
      headers: { ...json, Authorization: auth },
      ...(what.includes('chunks') ? { body: new Blob([hello]).stream(), duplex: 'half' } : { body: hello }),
    });
    const problem = (await response.json()) as Record<string, unknown>;
    expect([response.status, problem['code']]).toEqual([500, 'internal_error']);
    expect(problem['detail']).toContain('app.fetch(request, { parsedBody })');
    expect(problem['request_id']).toEqual(expect.any(String));
    expect(lines.filter((line) => line.includes('"level":"error"')).join()).toContain('{ parsedBody }');
  });

  test('that ends early is the client’s error, and not the host’s', async () => {
    const host = new Hono();
    host.all('/assistant/*', mount(app.fetch));
    const url = await listening(serve({ fetch: host.fetch, port: 0 }) as Server);
    expect((await chatOn(url, hello)).status).toBe(200);
    for (const empty of ['', ' ']) expect((await chatOn(url, empty)).status).toBe(400);
    lines.length = 0;
    const connection = await openConnection(url);
    const headers = ['Content-Type: application/json', `Authorization: ${auth}`, 'Content-Length: 1000'];
    await connection.send(requestBytes('POST /assistant/api/chat/', headers, '{"message":'));
    connection.end();
    expect(statusesIn(await connection.closed)).not.toContain(500);
    expect(lines.join()).not.toContain('parsedBody');
  });
});
