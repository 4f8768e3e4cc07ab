import * as v from 'valibot';
import type { Conversation } from '../../../domain/chat/conversation.js';
import { authenticate } from '../kit/authenticate.js';
import { title } from '../kit/body-fields.js';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { idParameter } from '../kit/id-parameter.js';
import { pageRequest, presentPage } from '../kit/paging.js';
import { readJson } from '../kit/read-json.js';
import { id, pageOf, time } from '../kit/response-fields.js';
import { route } from '../kit/route.js';
import { exchangeResponse, presentExchange } from './history.js';

export const conversationResponse = v.object({ id, title: v.string(), created_at: time, updated_at: time });

/** A conversation with a page of its exchanges. */
export const conversationPageResponse = v.object({
  ...conversationResponse.entries,
  ...pageOf(exchangeResponse).entries,
});

export const renameBody = v.object({ title }, 'Must be a JSON object.');

/** Registers the routes that list, read, rename and erase the caller's conversations. */
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
      const ids = { userId: c.get('caller').user.id, conversationId: idParameter(c) };
      const { conversation, exchanges } = await core.chat.conversation(ids, pageRequest(c));
      return c.json({ ...presentConversation(conversation), ...presentPage(exchanges, presentExchange) });
    },
    PATCH: async (c) => {
      const ids = { userId: c.get('caller').user.id, conversationId: idParameter(c) };
      const { title } = await readJson(c, renameBody);
      return c.json(presentConversation(await core.chat.renameConversation({ ...ids, title })));
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

export function presentConversation(conversation: Conversation): v.InferOutput<typeof conversationResponse> {
  return {
    id: conversation.id,
    title: conversation.title,
    created_at: conversation.createdAt.toISOString(),
    updated_at: conversation.updatedAt.toISOString(),
  };
}
