// An app of Hono with the whole API under a prefix, beside routes of its own. PORT says where it listens.

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
  // The links in mails lead to the pages of the API, which are under the prefix too; cookies follow it.
  policy: { publicUrl: 'https://shop.example.com/assistant' },
});

const app = new Hono();
app.get('/', (c) => c.text('The shop.'));
app.all('/assistant/*', mount(mountableApp({ core }).fetch));

serve({ fetch: app.fetch, port: Number(process.env['PORT'] ?? 3000) }, ({ port }) => {
  console.log(`http://localhost:${port}/assistant/api/`);
});
