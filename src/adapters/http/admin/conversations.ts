import * as v from 'valibot';
import { conversationResponse, presentConversation } from '../chat/conversations.js';
import { exchangeResponse, presentExchange } from '../chat/history.js';
import { defineRoute } from '../kit/define-route.js';
import { pagingQuery, presentPage, requestedPage } from '../kit/paging.js';
import { pageOf, pageResponses } from '../kit/response-fields.js';

export const listUserConversations = defineRoute({
  method: 'GET',
  path: '/api/admin/users/{id}/conversations/',
  id: 'listUserConversations',
  tag: 'Administration',
  summary: 'List the conversations of an account',
  description: 'The last used one first.',
  access: 'admin',
  query: pagingQuery,
  responses: pageResponses(conversationResponse),
  handler: async ({ c, core, caller, query, params }) => {
    const page = await core.chat.conversations({ caller, userId: params.id }, requestedPage(query));
    return c.json(presentPage(page, presentConversation));
  },
});

export const readUserConversation = defineRoute({
  method: 'GET',
  path: '/api/admin/users/{id}/conversations/{conversation_id}/',
  id: 'readUserConversation',
  tag: 'Administration',
  summary: 'Read a conversation of an account',
  access: 'admin',
  query: pagingQuery,
  responses: {
    200: {
      description: 'The conversation with a page of its messages, newest first.',
      json: v.object({ ...conversationResponse.entries, ...pageOf(exchangeResponse).entries }),
    },
  },
  handler: async ({ c, core, caller, query, params }) => {
    const { conversation, exchanges } = await core.chat.conversation(
      { caller, userId: params.id, conversationId: params.conversation_id },
      requestedPage(query),
    );
    return c.json({ ...presentConversation(conversation), ...presentPage(exchanges, presentExchange) });
  },
});
