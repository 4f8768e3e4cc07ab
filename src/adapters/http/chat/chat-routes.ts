import { authenticate } from '../kit/authenticate.js';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { limitPosts } from '../kit/limit-posts.js';
import { pageRequest, presentPage } from '../kit/paging.js';
import { noQuery } from '../kit/query-fields.js';
import { readQuery } from '../kit/read-query.js';
import { route } from '../kit/route.js';
import { presentExchange } from './history.js';
import { presentModel } from './models.js';
import { sendMessage } from './send.js';

/** Registers the routes that send messages, list exchanges and list models. */
export function chatRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  const limited = limitPosts((c) => core.limits.chat(c.get('caller').user.id));
  route(app, '/api/chat/', [authenticate(deps), limited], {
    POST: (c) => sendMessage(c, deps),
    GET: async (c) => {
      const page = await core.chat.exchanges(c.get('caller').user.id, pageRequest(c));
      return c.json(presentPage(page, presentExchange));
    },
  });

  route(app, '/api/models/', [authenticate(deps)], {
    GET: (c) => {
      readQuery(c, noQuery);
      return c.json({ results: core.chat.models().map(presentModel), next: null });
    },
  });
}
