import * as v from 'valibot';
import type { Conversation } from '../../../domain/chat/conversation.js';
import { jsonObject, title } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { defineAccountList } from '../kit/account-list.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { pagingQuery, presentPage, requestedPage } from '../kit/paging.js';
import { id, pageOf, time } from '../kit/response-fields.js';
import { exchangeResponse, presentExchange } from './history.js';

export const conversationResponse = namedSchema(
  'Conversation',
  v.object({ id, title: v.string(), created_at: time, updated_at: time }),
);

export const listConversations = defineAccountList({
  path: '/api/conversations/',
  id: 'listConversations',
  tag: 'Chat',
  summary: 'List the conversations',
  item: conversationResponse,
  read: (core, request, page) => core.chat.conversations(request, page),
  present: presentConversation,
});

export const readConversation = defineRoute({
  method: 'GET',
  path: '/api/conversations/{id}/',
  id: 'readConversation',
  tag: 'Chat',
  summary: 'Read a conversation',
  access: 'account',
  query: pagingQuery,
  responses: {
    200: {
      description: 'The conversation with a page of its messages, newest first.',
      json: v.object({ ...conversationResponse.entries, ...pageOf(exchangeResponse).entries }),
    },
  },
  handler: async ({ c, core, caller, query, params }) => {
    const { conversation, exchanges } = await core.chat.conversation(
      { caller, userId: caller.user.id, conversationId: params.id },
      requestedPage(query),
    );
    return c.json({ ...presentConversation(conversation), ...presentPage(exchanges, presentExchange) });
  },
});

export const renameConversation = defineRoute({
  method: 'PATCH',
  path: '/api/conversations/{id}/',
  id: 'renameConversation',
  tag: 'Chat',
  summary: 'Rename a conversation',
  access: 'account',
  body: {
    schema: jsonObject({ title }),
    examples: { plain: { title: 'On echoes' } },
  },
  responses: { 200: { description: 'The renamed conversation.', json: conversationResponse } },
  handler: async ({ c, core, caller, params, body }) => {
    const conversation = await core.chat.renameConversation({
      caller,
      userId: caller.user.id,
      conversationId: params.id,
      title: body.title,
    });
    return c.json(presentConversation(conversation));
  },
});

export const eraseConversation = defineRoute({
  method: 'DELETE',
  path: '/api/conversations/{id}/',
  id: 'eraseConversation',
  tag: 'Chat',
  summary: 'Erase the texts of a conversation',
  description: 'The ledger does not change.',
  access: 'account',
  responses: { 204: { description: 'The texts are erased.', json: null } },
  handler: async ({ c, core, caller, params }) => {
    await core.chat.eraseConversation({ caller, userId: caller.user.id, conversationId: params.id });
    return c.body(null, 204);
  },
});

export function presentConversation(conversation: Conversation): v.InferOutput<typeof conversationResponse> {
  return {
    id: conversation.id,
    title: conversation.title,
    created_at: conversation.createdAt.toISOString(),
    updated_at: conversation.updatedAt.toISOString(),
  };
}
