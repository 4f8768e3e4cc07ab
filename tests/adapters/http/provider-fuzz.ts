import fc from 'fast-check';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { connectModel, type ModelConnection } from '../../../src/adapters/ai/providers.js';
import { isSound } from '../../../src/domain/ledger/invariants.js';
import type { ModelOffers } from '../../../src/domain/chat/model-offer.js';
import { chosenSeed } from '../../seed.js';
import type { WireFormat } from '../ai/wire-formats.js';
import { testOffer } from '../../domain/chat/test-offer.js';
import type { EngineName } from './engines.js';
import { messageEventsIn, streamedContent } from './messages.js';
import { scriptedReply, type ScriptedReply } from './mutated-replies.js';
import { balance, newAccount } from './requests.js';
import { responseEventsIn } from './responses.js';
import { startTestServer, type TestServer } from './test-server.js';

const atOnce = 16;

/** The deadlines of a model. A reply that takes longer than `longestMs` has missed them, with a margin for a busy machine. */
const deadlines = { firstChunkTimeoutMs: 400, idleTimeoutMs: 400, totalTimeoutMs: 1200 };
const longestMs = 30_000;

/** The statuses that a client may get. */
const expectedStatuses = new Set([200, 400, 429, 502, 504]);

const request = fc.record({
  reply: scriptedReply,
  isOpenAi: fc.boolean(),
  path: fc.constantFrom('/api/chat/', '/v1/chat/completions', '/v1/responses', '/v1/messages'),
  streams: fc.boolean(),
});

type FuzzRequest = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

/**
 * Sends mutated recordings of providers' replies through a running server. Each request must end in time with an
 * expected status, a stream with its last event. At the end nothing may be held, and the ledger must be consistent. Prints the
 * seed that repeats the same requests (`SEED`).
 */
export async function fuzzProvider(name: EngineName, requests: number): Promise<void> {
  const seed = chosenSeed();
  const provider = await startScriptedProvider();
  const offer = (kind: WireFormat['provider']) =>
    testOffer(connectModel(connectionTo(kind, provider.url), { graceMs: 50 }), { name: kind, ...deadlines });
  const models: ModelOffers = [offer('openai'), offer('openai-compatible'), offer('anthropic')];
  const server = await startTestServer(name, { models, policy: { startingCredits: 1_000_000_000 } });
  const { auth } = await newAccount(server);
  const statuses = new Map<string, number>();
  let ended = 0;

  const send = async (request: FuzzRequest) => {
    const { status, kind } = await exchange(server, provider.add(request.reply), request, auth).catch(
      (cause: unknown) => {
        const { body, ...reply } = request.reply;
        const sent = JSON.stringify({ ...request, reply: { ...reply, body: body.toString('latin1') } });
        throw new Error(`Not a correct end of ${sent}`, { cause });
      },
    );
    statuses.set(`${status} ${kind}`, (statuses.get(`${status} ${kind}`) ?? 0) + 1);
    ended += 1;
  };

  const sendAll = async (batch: readonly FuzzRequest[]) => {
    await Promise.all(batch.map(send));
    await server.server.idle();
    expect(await balance(server, auth)).toMatchObject({ held: 0 });
  };

  try {
    const batches = fc.array(request, { minLength: atOnce, maxLength: atOnce, size: 'max' });
    // Smaller batches would be tried for hours: each waits for deadlines.
    const parameters = { seed, numRuns: Math.ceil(requests / atOnce), endOnFailure: true };
    await fc.assert(fc.asyncProperty(batches, sendAll), parameters);
    const report = await server.core.ledger.audit({ caller: operatorCaller });
    expect(isSound(report), JSON.stringify(report)).toBe(true);
  } finally {
    const found = [...statuses].sort().map(([status, count]) => `${count} × ${status}`);
    console.log(`${ended} mutated replies on ${name} ended correctly; seed ${seed}; ${found.join(', ')}`);
    await server.close();
    await provider.stop();
  }
}

function connectionTo(provider: WireFormat['provider'], baseUrl: string): ModelConnection {
  return { provider, baseUrl, apiKey: 'sk-fuzzed-key', upstream: 'm' };
}

const parameters = { type: 'object' };
const messages = (content: string) => [{ role: 'user', content }];

/** What is sent to each path, and what ends its streams: undefined if one is not well-formed. */
const formats: Record<FuzzRequest['path'], Format> = {
  '/api/chat/': {
    body: (message) => ({ message }),
    lastOf: (text) => /event: (done|error)\ndata: .*\n\n$/.exec(text)?.[1],
  },
  '/v1/chat/completions': {
    body: (message) => ({
      messages: messages(message),
      tools: [{ type: 'function', function: { name: 'weather', parameters } }],
    }),
    lastOf: (text) =>
      (/data: \[(DONE)\]\n\n$/.exec(text) ?? /(error)/.exec(text.trimEnd().split('\n').at(-1) ?? ''))?.[1],
  },
  '/v1/responses': {
    body: (message) => ({
      input: message,
      tools: [{ type: 'function', name: 'weather', parameters }],
      include: ['reasoning.encrypted_content'],
      reasoning: { summary: 'auto' },
    }),
    lastOf: (text) => {
      // Throws if the events are not numbered in order.
      const last = responseEventsIn(text).at(-1)?.type;
      if (last === 'error' || last === 'response.failed') return 'error';
      return last === 'response.completed' || last === 'response.incomplete' ? last : undefined;
    },
  },
  '/v1/messages': {
    body: (message) => ({
      messages: messages(message),
      max_tokens: 1000,
      tools: [{ name: 'weather', input_schema: parameters }],
    }),
    lastOf: (text) => {
      const events = messageEventsIn(text);
      const last = events.at(-1)?.type;
      if (last === 'error') return 'error';
      // Throws if the blocks are out of order.
      streamedContent(events);
      return events[0]?.type === 'message_start' && last === 'message_stop' ? last : undefined;
    },
  },
};

interface Format {
  body: (message: string) => object;
  lastOf: (text: string) => string | undefined;
}

async function exchange(
  { url }: TestServer,
  id: number,
  { reply, isOpenAi, path, streams }: FuzzRequest,
  auth: string,
): Promise<{ status: number; kind: string }> {
  const message = `fuzz:${id}.`;
  const model = reply.provider === 'openai-compatible' && isOpenAi ? 'openai' : reply.provider;
  const { body, lastOf } = formats[path];
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${auth}`,
      'anthropic-version': '2023-06-01',
    },
    body: JSON.stringify({ ...body(message), model, stream: streams }),
    signal: AbortSignal.timeout(longestMs),
  });
  const text = await response.text();
  expect(expectedStatuses, `${response.status} ${text}`).toContain(response.status);
  expect(text).not.toContain('sk-fuzzed-key');
  if (!streams || response.status !== 200) {
    expect(JSON.parse(text)).toBeTypeOf('object');
    return { status: response.status, kind: 'plain' };
  }
  const last = lastOf(text);
  expect(last, text.slice(-500)).toBeDefined();
  return { status: 200, kind: last === 'error' ? 'error event' : 'stream' };
}

/** A server that sends the scripted reply of each message. */
async function startScriptedProvider() {
  const scripts: ScriptedReply[] = [];
  const server = createServer((incoming, response) => {
    incoming.on('error', () => undefined);
    response.on('error', () => undefined);
    let body = '';
    incoming.setEncoding('utf8').on('data', (text: string) => (body += text));
    incoming.on('end', () => {
      const script = scripts[Number(/fuzz:(\d+)\./.exec(body)?.[1])];
      if (script === undefined) response.destroy();
      else void play(script, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    add: (script: ScriptedReply) => scripts.push(script) - 1,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function play(
  { status, contentType, body, splits, delayMs, end }: ScriptedReply,
  response: ServerResponse,
) {
  response.writeHead(status, { 'Content-Type': contentType, 'Retry-After': '0' });
  response.flushHeaders();
  const offsets = [
    0,
    ...splits.map((split) => Math.floor(split * body.length)).sort((a, b) => a - b),
    body.length,
  ];
  for (const [index, offset] of offsets.entries()) {
    const part = body.subarray(offsets[index - 1] ?? 0, offset);
    if (part.length > 0) response.write(part);
    if (delayMs > 0) await delay(delayMs);
    if (response.destroyed) return;
  }
  if (end === 'ends') response.end();
  // Lets the written bytes arrive first.
  else if (end !== 'stays open') {
    await delay(2);
    if (end === 'closes') response.socket?.end();
    else response.socket?.resetAndDestroy();
  }
}
