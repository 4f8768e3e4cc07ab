// A Hono app with the HTTP API below a path, beside its own routes. PORT is the port that it listens on.

import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { mount } from 'hono/mount';
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

const app = new Hono();
app.get('/', (c) => c.text('The shop.'));
app.all('/assistant/*', mount(mountableApp({ core }).fetch));

serve({ fetch: app.fetch, port: Number(process.env['PORT'] ?? 3000) }, ({ port }) => {
  console.log(`http://localhost:${port}/assistant/api/`);
});
