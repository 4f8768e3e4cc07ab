// An app of Fastify, which parses JSON bodies itself, with the whole API below a path. PORT says where it listens.

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
  // The API takes this path off its requests; cookies, and the links in mails, follow it.
  policy: { publicUrl: 'https://shop.example.com/assistant' },
});

const api = mountableApp({ core });
const app = Fastify();

app.get('/', () => 'The shop.');
app.all('/assistant/*', async (request, reply) => {
  // From here on the API writes the response, streams too.
  reply.hijack();
  const listener = getRequestListener(
    // Fastify has read the body; undefined if there was none.
    (asked, node) => api.fetch(asked, { ...node, parsedBody: request.body }),
    { overrideGlobalObjects: false },
  );
  await listener(request.raw, reply.raw);
});

const address = await app.listen({ port: Number(process.env['PORT'] ?? 3000) });
console.log(`${address}/assistant/api/`);
