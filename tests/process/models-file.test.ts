import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { awaitUntil } from '../../src/testing/await-until.js';
import { call, register } from './api-client.js';
import { freshDataFolder } from './data-folder.js';
import { startServer, type ServerProcess } from './server-process.js';
import { storagePerTest } from './storage.js';

const timeoutMs = 120_000;
const storage = storagePerTest('embedded');

/** A provider that sends the start of a reply at once, and the rest when the test says so. */
let provider: Server;
let replies: ServerResponse[];

beforeEach(async () => {
  replies = [];
  provider = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write('data: {"choices":[{"delta":{"content":"Hello"}}]}\n\n');
    replies.push(response);
  }).listen(0, '127.0.0.1');
  await once(provider, 'listening');
});

afterEach(() => {
  provider.closeAllConnections();
  provider.close();
});

function finishReplies(): void {
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
  for (const reply of replies) {
    reply.end(
      `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }], usage })}\n\ndata: [DONE]\n\n`,
    );
  }
  replies = [];
}

test(
  'the models file is read again on SIGHUP; what is held keeps its price, and a faulty file changes nothing',
  { timeout: timeoutMs },
  async () => {
    const { port } = provider.address() as AddressInfo;
    const path = join(await freshDataFolder(), 'models.json');
    const write = (name: string, price: object) =>
      writeFile(
        path,
        JSON.stringify({
          models: [
            {
              ...{ name, provider: 'openai-compatible', base_url: `http://127.0.0.1:${port}/v1` },
              ...{ upstream: 'a-model', price },
            },
          ],
        }),
      );
    await write('first', { per_1m_input: 1_000_000, per_1m_output: 1_000_000 });
    const server = await startServer({
      ...storage().environment,
      LOG_LEVEL: 'info',
      STARTING_TOKENS: '1000000',
      MODELS_FILE: path,
    });
    const account = await register(server.url, 'jane_doe');
    const { authToken } = account;
    const read = async () => {
      const { body } = await call<{ results: object[] }>(server.url, '/api/models/', { authToken });
      return body.results;
    };
    const send = async () => {
      const sent = await call<object>(server.url, '/api/chat/', { authToken, body: { message: 'Hi' } });
      return sent.body;
    };

    const held = send();
    await awaitUntil('the first reply has begun', timeoutMs, () =>
      Promise.resolve(replies.length === 1 || null),
    );

    await write('second', { per_1m_input: 2_000_000, per_1m_output: 2_000_000 });
    await hangUp(server, 'read the models file again');
    expect(await read()).toMatchObject([
      { name: 'second', price: { per_1m_input: 2_000_000, per_1m_output: 2_000_000 } },
    ]);

    const later = send();
    await awaitUntil('the second reply has begun', timeoutMs, () =>
      Promise.resolve(replies.length === 2 || null),
    );
    await write('third', { per_1m_input: 1, per_1k_input: 1 });
    await hangUp(server, 'must have only one of per_1k_input and per_1m_input');
    await writeFile(path, '{');
    await hangUp(server, 'is not valid JSON');
    expect(await read()).toMatchObject([{ name: 'second' }]);

    finishReplies();
    expect(await held).toMatchObject({ tokens_charged: 15, model: 'first' });
    expect(await later).toMatchObject({ tokens_charged: 30, model: 'second' });
    expect((await server.terminate()).code).toBe(0);
  },
);

/** Sends SIGHUP, and waits until the log has another line with this text. */
async function hangUp(server: ServerProcess, text: string): Promise<void> {
  const before = server.output().split(text).length;
  server.send('SIGHUP');
  await awaitUntil(text, timeoutMs, () =>
    Promise.resolve(server.output().split(text).length > before || null),
  );
}
