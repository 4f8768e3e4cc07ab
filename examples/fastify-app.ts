// A Fastify app, which parses JSON bodies itself, with the HTTP API below a path. PORT is the port that it listens on.

import { getRequestListener } from '@hono/node-server';
import Fastify from 'fastify';
import { createCore } from 'metered-chat';
import { echoModel } from 'metered-chat/ai';
import { mountableApp } from 'metered-chat/http';
import { memoryStores } from 'metered-chat/memory';
import { nodeAdapters } from 'metered-chat/node';

const core = createCore({
  ...memoryStores(),
  ...nodeAdapters(),
  models: [{ name: 'echo', model: echoModel() }],
  // The API removes this path from its requests; cookies and links in mails have it.
  policy: { publicUrl: 'https://shop.example.com/assistant' },
});

const api = mountableApp({ core });
const app = Fastify();

app.get('/', () => 'The shop.');
app.all('/assistant/*', async (request, reply) => {
  // From here on, the API writes the response, also for streams.
  reply.hijack();
  const listener = getRequestListener(
    // Fastify has read the body; undefined if there is none.
    (fetchRequest, node) => api.fetch(fetchRequest, { ...node, parsedBody: request.body }),
    { overrideGlobalObjects: false },
  );
  await listener(request.raw, reply.raw);
});

const address = await app.listen({ port: Number(process.env['PORT'] ?? 3000) });
console.log(`${address}/assistant/api/`);
