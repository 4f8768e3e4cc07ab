import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { connectModel } from '../../src/adapters/ai/providers.js';
import { otlpTraces, type Traces } from '../../src/observability/traces.js';
import { testOffer } from '../domain/chat/test-offer.js';
import { openEngine, type Engine } from '../adapters/http/engines.js';
import { stream } from '../adapters/http/events.js';
import { ask, chat, idOf, newAccount } from '../adapters/http/requests.js';
import { linesLog, testApi } from '../adapters/http/test-api.js';
import { attributeOf, startCollector, type ReceivedSpan } from './collector.js';

const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const callersTrace = '4bf92f3577b34da6a3ce929d0e0e4736';
const callersSpan = '00f067aa0ba902b7';
const traceparent = `00-${callersTrace}-${callersSpan}-01`;

/** A provider in OpenAI's format that records the headers of its requests. */
async function startProvider() {
  const requestHeaders: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    requestHeaders.push(request.headers);
    request.resume().on('end', () => {
      const chunk = (delta: object, finish: string | null) =>
        `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(chunk({ role: 'assistant', content: 'The words ' }, null));
      response.end(`${chunk({ content: 'of the reply.' }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { requestHeaders, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` };
}

function tracedApi(engine: Engine, traces: Traces, baseUrl: string) {
  const connection = {
    provider: 'openai-compatible',
    baseUrl,
    apiKey: 'key-of-the-provider',
    upstream: 'm',
  } as const;
  const model = traces.model(connectModel(connection, traces), 'small');
  return testApi(
    { ...engine, stores: traces.stores(engine.stores) },
    {
      models: [{ ...testOffer(model), name: 'small' }],
      requestHook: traces.requestHook,
      wrapCore: (core) => traces.core(core),
    },
  );
}

async function traced(options: { share?: number } = {}) {
  const collector = await startCollector();
  const lines: string[] = [];
  const traces = otlpTraces({
    endpoint: `${collector.endpoint}/`,
    headers: { 'x-collector-key': 'let me in' },
    serviceName: 'the-service',
    share: options.share ?? 1,
    log: linesLog(lines),
  });
  closing.push(() => traces.finish(), collector.close);
  const provider = await startProvider();
  const engine = await openEngine('memory');
  return { collector, traces, lines, provider, engine, api: tracedApi(engine, traces, provider.baseUrl) };
}

function named(spans: readonly ReceivedSpan[], name: string): ReceivedSpan {
  const span = spans.find((other) => other.name === name);
  if (span === undefined)
    throw new Error(`There is no span ${name} among ${spans.map((s) => s.name).join(', ')}.`);
  return span;
}

test.each([
  ['whole', false],
  ['streamed', true],
])('a chat with a response %s is one trace, from its caller to the provider', async (_, isStream) => {
  const { collector, traces, provider, api } = await traced();
  const { auth } = await newAccount(api);
  await ask(api, 'POST', '/api/chat/', {
    auth,
    json: { message: 'My words', stream: isStream },
    headers: { traceparent },
  });
  const userId = await idOf(api, auth);
  await traces.finish();
  const spans = collector.spans.filter(({ traceId }) => traceId === callersTrace);
  expect(spans.map(({ name }) => name).sort()).toEqual(
    ['POST /api/chat', 'authenticate', 'provider', 'reserve', 'settle'].sort(),
  );
  const request = named(spans, 'POST /api/chat');
  expect(request.parentSpanId).toBe(callersSpan);
  expect(attributeOf(request, 'http.route')).toBe('/api/chat');
  expect(attributeOf(request, 'user.id')).toBe(userId);
  for (const name of ['authenticate', 'reserve', 'provider', 'settle']) {
    expect(named(spans, name).parentSpanId, name).toBe(request.spanId);
  }
  expect(attributeOf(named(spans, 'settle'), 'metered_chat.outcome')).toBe('settled');
  expect(provider.requestHeaders[0]?.['traceparent']).toBe(
    `00-${callersTrace}-${named(spans, 'provider').spanId}-01`,
  );
  expect([...collector.paths]).toEqual(['/v1/traces']);
  expect([...collector.keys]).toEqual(['let me in']);
  expect(collector.text()).toContain('the-service');
});

test('traces contain no secret and no text, even after a failure', async () => {
  const { collector, traces, engine, api } = await traced();
  const { auth } = await newAccount(api, { username: 'jane_in_the_trace', email: 'jane@example.org' });
  await chat(api, auth, 'My words');
  await stream(api, auth, 'My words');
  await ask(api, 'GET', `/api/${auth}/?token=${auth}`);
  await ask(api, 'GET', '/api/tokens/', { auth: 'mca_wrong' });
  const broken = tracedApi(engine, traces, 'http://127.0.0.1:1/My words/v1');
  expect((await ask(broken, 'POST', '/api/chat/', { auth, json: { message: 'My words' } })).status).toBe(502);
  await traces.finish();
  const failed = collector.spans.find(({ name, status }) => name === 'provider' && status?.code === 2);
  expect(failed && attributeOf(failed, 'error.type')).toBe('provider_failed');
  const text = collector.text();
  expect(engine.secrets.size).toBeGreaterThan(2);
  expect([...engine.secrets].filter((secret) => text.includes(secret))).toEqual([]);
  expect(text).not.toMatch(
    /My words|The words|of the reply|key-of-the-provider|jane_in_the_trace|jane@example|mca_/,
  );
});

test('with a share of 0 only the requests are traced whose callers ask for it', async () => {
  const { collector, traces, api } = await traced({ share: 0 });
  await ask(api, 'GET', '/health/live');
  await ask(api, 'GET', '/health/live', { headers: { traceparent } });
  await ask(api, 'GET', '/health/live', { headers: { traceparent: 'garbage' } });
  await traces.finish();
  expect(collector.spans.map(({ traceId }) => traceId)).toEqual([callersTrace]);
});

test('an unreachable collector is logged as a warning and delays no request', async () => {
  const lines: string[] = [];
  const traces = otlpTraces({
    endpoint: 'http://127.0.0.1:1',
    headers: { authorization: 'Bearer key-of-the-collector' },
    serviceName: 'the-service',
    share: 1,
    log: linesLog(lines),
  });
  const api = testApi(await openEngine('memory'), { requestHook: traces.requestHook });
  expect((await ask(api, 'GET', '/health/live')).status).toBe(200);
  await traces.finish();
  expect(lines.join('\n')).toContain('traces could not be sent');
  expect(lines.join('\n')).not.toContain('key-of-the-collector');
});
