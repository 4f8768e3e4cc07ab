// A program that calls the API with the typed client. It also starts the server, so that you can run it at once.

import { serve } from '@hono/node-server';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createCore } from 'metered-chat';
import { echoModel } from 'metered-chat/ai';
import { meteredChatClient } from 'metered-chat/client';
import { mountableApp } from 'metered-chat/http';
import { memoryStores } from 'metered-chat/memory';
import { nodeAdapters } from 'metered-chat/node';

const core = createCore({
  ...memoryStores(),
  ...nodeAdapters(),
  models: [{ name: 'echo', model: echoModel() }],
  policy: { startingCredits: 150 },
});
const server = serve({ fetch: mountableApp({ core }).fetch, port: 0, hostname: '127.0.0.1' });
await once(server, 'listening');
const { port } = server.address() as AddressInfo;

let authToken: string | null = null;
const client = meteredChatClient({ baseUrl: `http://127.0.0.1:${port}`, authToken: () => authToken });

const { data: account } = await client.POST('/api/register/', {
  body: { username: 'jane_doe', password: 'StrongPass123!' },
});
authToken = account?.token ?? null;

for (const message of ['Hello, typed world!', 'Once more!']) {
  const { data, error } = await client.POST('/api/chat/', { body: { message } });
  if (data !== undefined) console.log(`${data.response} (${data.remaining_tokens} tokens left)`);
  else
    console.log(`${error.code}: ${error.remaining_tokens ?? '?'} of ${error.required_tokens ?? '?'} tokens`);
}

const { data: history } = await client.GET('/api/chat/', { params: { query: { limit: 5 } } });
for (const { status, message } of history?.results ?? []) console.log(`${status}: ${message}`);

server.close();
