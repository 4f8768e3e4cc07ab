// An app of Express that parses JSON bodies itself, with the whole API below a path. PORT says where it listens.

import { getRequestListener } from '@hono/node-server';
import express, { type Request } from 'express';
import { createCore } from 'metered-chat';
import { echoModel } from 'metered-chat/ai';
import { mountableApp } from 'metered-chat/http';
import { memoryStores } from 'metered-chat/memory';
import { nodeAdapters } from 'metered-chat/node';

const core = createCore({
  ...memoryStores(),
  ...nodeAdapters(),
  models: [{ name: 'echo', model: echoModel() }],
  // Cookies, and the links in mails, follow the path.
  policy: { publicUrl: 'https://shop.example.com/assistant' },
});

const api = mountableApp({ core });
const listener = getRequestListener(
  // `express.json()` has read the body; undefined if it has not, and then the API reads it.
  (request, node) => api.fetch(request, { ...node, parsedBody: (node.incoming as Request).body as unknown }),
  { overrideGlobalObjects: false },
);

const app = express();
app.use(express.json());
app.get('/', (_, response) => void response.send('The shop.'));
app.use('/assistant', (request, response) => void listener(request, response));

const server = app.listen(Number(process.env['PORT'] ?? 3000), () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 3000;
  console.log(`http://localhost:${port}/assistant/api/`);
});
