import * as v from 'valibot';
import type {
  Conversation,
  ConversationChange,
  FoundConversation,
} from '../../../domain/chat/conversation.js';
import { apiKeyOf } from '../../../domain/auth/caller.js';
import { boolean, jsonObject, string, systemPrompt, temperature, title } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { oneOf } from '../kit/query-fields.js';
import { pagingQuery, presentPage, requestedPage } from '../kit/paging.js';
import { id, pageOf, pageResponses, time } from '../kit/response-fields.js';
import { exchangeResponse, presentExchange } from './history.js';

export const conversationResponse = namedSchema(
  'Conversation',
  v.object({
    id,
    title: v.string(),
    model: v.nullable(v.string()),
    system_prompt: v.nullable(v.string()),
    temperature: v.nullable(v.number()),
    pinned: v.boolean(),
    has_branches: v.boolean(),
    created_at: time,
    updated_at: time,
  }),
);

const foundConversation = namedSchema(
  'FoundConversation',
  v.object({ ...conversationResponse.entries, snippet: v.optional(v.nullable(v.string())) }),
);

const conversationQuery = v.object({
  ...pagingQuery.entries,
  q: v.optional(v.string()),
  pinned: v.optional(oneOf(['true', 'false'])),
});

export const listConversations = defineRoute({
  method: 'GET',
  path: '/api/conversations/',
  id: 'listConversations',
  tag: 'Chat',
  summary: 'List the conversations',
  description:
    'The last used one first. `q` finds those with a text of at most 200 characters in the title, a message or a reply; `snippet` is the text around it in the newest one, null if only the title has it. Upper and lower case of ASCII letters are the same. `pinned` finds those that are, or are not.',
  access: 'account',
  query: conversationQuery,
  responses: pageResponses(foundConversation),
  handler: async ({ c, core, caller, query }) => {
    const request = { caller, userId: caller.user.id };
    const page = requestedPage(query);
    const { q: text = null, pinned } = query;
    if (text === null && pinned === undefined)
      return c.json(presentPage(await core.chat.conversations(request, page), presentConversation));
    const filter = { text, isPinned: pinned === undefined ? null : pinned === 'true' };
    const found = await core.chat.searchConversations({ ...request, filter }, page);
    return c.json(presentPage(found, presentFound));
  },
});

function presentFound(found: FoundConversation): v.InferOutput<typeof foundConversation> {
  return { ...presentConversation(found), snippet: found.snippet };
}

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

const conversationChange = namedSchema(
  'ConversationChange',
  jsonObject({
    title: v.optional(title),
    model: v.optional(v.nullable(string)),
    system_prompt: v.optional(v.nullable(systemPrompt)),
    temperature: v.optional(v.nullable(temperature)),
    pinned: v.optional(boolean),
  }),
);

export const changeConversation = defineRoute({
  method: 'PATCH',
  path: '/api/conversations/{id}/',
  id: 'changeConversation',
  tag: 'Chat',
  summary: 'Change a conversation',
  description:
    'Changes the fields that are present. `model`, `system_prompt` and `temperature` apply to its further messages whose requests do not name others; null removes one. The AI reads the system prompt after that of the model, and it counts as input.',
  access: 'account',
  body: {
    schema: conversationChange,
    examples: {
      title: { title: 'On echoes' },
      settings: { model: 'echo', system_prompt: 'Reply in French.', temperature: 0.2 },
      pinned: { pinned: true },
    },
  },
  responses: { 200: { description: 'The changed conversation.', json: conversationResponse } },
  problems: ['model_not_found', 'model_not_allowed'],
  handler: async ({ c, core, caller, params, body }) => {
    const conversation = await core.chat.changeConversation({
      caller,
      userId: caller.user.id,
      conversationId: params.id,
      apiKey: apiKeyOf(caller),
      change: changeOf(body),
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

function changeOf(body: v.InferOutput<typeof conversationChange>): ConversationChange {
  const { title: newTitle, model, system_prompt: prompt, temperature: degree, pinned } = body;
  const settings = {
    ...(model === undefined ? {} : { model }),
    ...(prompt === undefined ? {} : { systemPrompt: prompt }),
    ...(degree === undefined ? {} : { temperature: degree }),
  };
  return {
    ...(newTitle === undefined ? {} : { title: newTitle }),
    ...(pinned === undefined ? {} : { isPinned: pinned }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
  };
}

export function presentConversation(conversation: Conversation): v.InferOutput<typeof conversationResponse> {
  return {
    id: conversation.id,
    title: conversation.title,
    model: conversation.settings.model,
    system_prompt: conversation.settings.systemPrompt,
    temperature: conversation.settings.temperature,
    pinned: conversation.isPinned,
    has_branches: conversation.hasBranches,
    created_at: conversation.createdAt.toISOString(),
    updated_at: conversation.updatedAt.toISOString(),
  };
}
