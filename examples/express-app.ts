// An Express app that parses JSON bodies itself, with the HTTP API below a path. PORT is the port that it listens on.

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
  // Cookies and links in mails have this path.
  policy: { publicUrl: 'https://shop.example.com/assistant' },
});

const api = mountableApp({ core });
const listener = getRequestListener(
  // `express.json()` has read the body; if it has not, the body is undefined and the API reads it.
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
