import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { SetupError } from '../../domain/setup-error.js';

/** A model with OpenAI's API, which the gateway uses during the test. */
export interface TestModel {
  url: string;
  /** How many requests it has received. */
  calls(): number;
  stop(): Promise<void>;
}

const shortReplyMs = 200;
const longReply = { chunks: 40, intervalMs: 50, tokensEach: 5 };
const inputTokens = 10;

/** Starts a model on a port of this machine. It replies to a limit of at most 16 tokens at once, otherwise for two seconds. */
export async function startTestModel(port: number): Promise<TestModel> {
  let calls = 0;
  const server = createServer((request, response) => {
    if (!isCompletion(request)) {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'test', object: 'model' }] }));
      return;
    }
    calls += 1;
    reply(request, response).catch(() => {
      response.destroy();
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: unknown) => {
    throw new SetupError(
      `--serve-model cannot listen on port ${port} (${(error as NodeJS.ErrnoException).code}).`,
    );
  });
  const address = server.address();
  const listens = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${listens}/v1`,
    calls: () => calls,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function isCompletion({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && url.split('?')[0]?.endsWith('/chat/completions') === true;
}

async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = (await json(request)) as {
    stream?: boolean;
    max_tokens?: number;
    max_completion_tokens?: number;
  };
  const isShort = (body.max_tokens ?? body.max_completion_tokens ?? Infinity) <= 16;
  const outputTokens = isShort ? longReply.tokensEach : longReply.chunks * longReply.tokensEach;
  const usage = {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
  const chunks = isShort ? 1 : longReply.chunks;
  const intervalMs = isShort ? shortReplyMs : longReply.intervalMs;
  if (body.stream !== true) {
    await delay(chunks * intervalMs);
    const message = { role: 'assistant', content: 'One two three four five. '.repeat(chunks).trim() };
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    response.end(
      JSON.stringify({ id: 'test', object: 'chat.completion', created: 1, model: 'test', choices, usage }),
    );
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  for (let sent = 0; sent < chunks && !response.destroyed; sent += 1) {
    await delay(intervalMs);
    response.write(chunkEvent({ delta: { role: 'assistant', content: 'One two three four five. ' } }));
  }
  response.write(chunkEvent({ delta: {}, finish_reason: 'stop' }));
  response.write(chunkEvent(null, usage));
  response.end('data: [DONE]\n\n');
}

function chunkEvent(choice: { delta: object; finish_reason?: string } | null, usage?: object): string {
  const choices = choice === null ? [] : [{ index: 0, finish_reason: null, ...choice }];
  const chunk = { id: 'test', object: 'chat.completion.chunk', created: 1, model: 'test', choices, usage };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
