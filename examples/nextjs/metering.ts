// The core, with the accounts of the users of this program. Replace the stores in memory by `openPostgres({ pool, schema })` of
// `metered-chat/postgres`, and the echo by a model of your provider.

import { createCore } from 'metered-chat';
import { echoModel } from 'metered-chat/ai';
import { mountableApp } from 'metered-chat/http';
import { memoryStores } from 'metered-chat/memory';
import { nodeAdapters } from 'metered-chat/node';
import { userOf } from './users';

const core = createCore({
  ...memoryStores(),
  ...nodeAdapters(),
  models: [{ name: 'echo', model: echoModel() }],
  policy: { startingCredits: 300 },
});

export const api = mountableApp({
  core,
  identify: (request) => {
    const user = userOf(request.headers.get('Cookie'));
    return user === null ? null : { foreignId: user };
  },
  log: console,
});
