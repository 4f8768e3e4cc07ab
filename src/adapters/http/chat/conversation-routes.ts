import * as v from 'valibot';
import { pageOf } from '../kit/response-fields.js';
import { authenticate } from '../kit/authenticate.js';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { idParameter } from '../kit/id-parameter.js';
import { pageRequest, presentPage } from '../kit/paging.js';
import {
  conversationResponse,
  exchangeResponse,
  presentConversation,
  presentExchange,
} from './present-chat.js';
import { readJson } from '../kit/read-json.js';
import { route } from '../kit/route.js';
import { title } from '../kit/body-fields.js';

/** A conversation with a page of what was said in it. */
export const readConversationResponse = v.object({
  ...conversationResponse.entries,
  ...pageOf(exchangeResponse).entries,
});

export const renaming = v.object({ title }, 'Must be a JSON object.');

/** The caller's conversations: listing, reading, renaming and erasing them. */
export function conversationRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  route(app, '/api/conversations/', [authenticate(deps)], {
    GET: async (c) => {
      const page = await core.chat.conversations(c.get('caller').user.id, pageRequest(c));
      return c.json(presentPage(page, presentConversation));
    },
  });

  route(app, '/api/conversations/:id/', [authenticate(deps)], {
    GET: async (c) => {
      const named = { userId: c.get('caller').user.id, conversationId: idParameter(c) };
      const { conversation, exchanges } = await core.chat.conversation(named, pageRequest(c));
      return c.json({ ...presentConversation(conversation), ...presentPage(exchanges, presentExchange) });
    },
    PATCH: async (c) => {
      const named = { userId: c.get('caller').user.id, conversationId: idParameter(c) };
      const { title } = await readJson(c, renaming);
      return c.json(presentConversation(await core.chat.renameConversation({ ...named, title })));
    },
    DELETE: async (c) => {
      await core.chat.eraseConversation({
        userId: c.get('caller').user.id,
        conversationId: idParameter(c),
      });
      return c.body(null, 204);
    },
  });
}
