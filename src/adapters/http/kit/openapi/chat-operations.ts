import * as v from 'valibot';
import { pageOf, wholeListOf } from '../response-fields.js';
import { conversationPageResponse, conversationResponse, renameBody } from '../../chat/conversations.js';
import { exchangeResponse } from '../../chat/history.js';
import { modelResponse } from '../../chat/models.js';
import { sendBody, sentMessageResponse } from '../../chat/send.js';
import { balanceResponse, entryResponse } from '../../account/ledger-routes.js';
import { problemResponse } from '../problem.js';
import { exampleId, exampleTime } from './examples.js';
import { noQuery } from '../query-fields.js';
import type { Operations } from './operation.js';

const exampleReply = {
  id: exampleId,
  conversation_id: exampleId,
  response: 'Echo: Hello, AI!',
  model: 'echo',
  tokens_charged: 100,
  remaining_tokens: 3900,
  usage: { input_tokens: 3, output_tokens: 4 },
  created_at: exampleTime,
};

/** The data of a `delta`. */
export const deltaResponse = v.object({ text: v.string() });

/** Sending messages, what was said, and what can be spent. */
export const chatOperations: Operations = {
  '/api/chat/': {
    POST: {
      id: 'sendMessage',
      tag: 'Chat',
      summary: 'Send a message',
      description:
        'Without `conversation_id` a new conversation begins; with one, the AI sees the earlier messages. With `"stream": true`, or with `Accept: text/event-stream`, the answer is a stream of events.',
      access: 'account',
      isLimited: true,
      isIdempotent: true,
      body: {
        schema: sendBody,
        examples: {
          plain: { message: 'Hello, AI!' },
          streamed: { message: 'Hello, AI!', model: 'echo', stream: true },
        },
      },
      responses: {
        200: {
          description: 'The reply, whole or as it comes.',
          json: sentMessageResponse,
          example: exampleReply,
          events: {
            schemas: { delta: deltaResponse, done: sentMessageResponse, error: problemResponse },
            description:
              '`delta` as the words come, then one `done` or one `error`. Comments are sent while nothing comes.',
            example: `event: delta\ndata: {"text":"Echo: Hello, AI!"}\n\nevent: done\ndata: ${JSON.stringify(exampleReply)}\n\n`,
          },
        },
      },
      problems: [
        ...(['invalid_input', 'model_not_found', 'context_length_exceeded', 'content_filtered'] as const),
        ...(['unsupported_parameter', 'insufficient_tokens', 'email_not_verified', 'not_found'] as const),
        ...(['provider_busy', 'provider_failed', 'provider_timeout'] as const),
      ],
    },
    GET: {
      id: 'listExchanges',
      tag: 'Chat',
      summary: 'List what was said',
      access: 'account',
      isPaged: true,
      responses: { 200: { description: 'A page, newest first.', json: pageOf(exchangeResponse) } },
    },
  },
  '/api/models/': {
    GET: {
      id: 'listModels',
      tag: 'Chat',
      summary: 'List the models on offer, with their prices',
      access: 'account',
      query: noQuery,
      responses: { 200: { description: 'All of them.', json: wholeListOf(modelResponse) } },
    },
  },
  '/api/conversations/': {
    GET: {
      id: 'listConversations',
      tag: 'Chat',
      summary: 'List the conversations',
      access: 'account',
      isPaged: true,
      responses: { 200: { description: 'A page, newest first.', json: pageOf(conversationResponse) } },
    },
  },
  '/api/conversations/{id}/': {
    GET: {
      id: 'readConversation',
      tag: 'Chat',
      summary: 'Read a conversation',
      access: 'account',
      isPaged: true,
      responses: {
        200: {
          description: 'The conversation with a page of it, newest first.',
          json: conversationPageResponse,
        },
      },
    },
    PATCH: {
      id: 'renameConversation',
      tag: 'Chat',
      summary: 'Rename a conversation',
      access: 'account',
      body: { schema: renameBody, examples: { plain: { title: 'On echoes' } } },
      responses: { 200: { description: 'The renamed conversation.', json: conversationResponse } },
    },
    DELETE: {
      id: 'eraseConversation',
      tag: 'Chat',
      summary: 'Erase the texts of a conversation',
      description: 'The ledger stays as it is.',
      access: 'account',
      responses: { 204: { description: 'They are erased.', json: null } },
    },
  },
  '/api/tokens/': {
    GET: {
      id: 'readBalance',
      tag: 'Tokens',
      summary: 'Read what can be spent',
      access: 'account',
      responses: {
        200: {
          description: 'What can be spent, and what is held for replies under way.',
          json: balanceResponse,
          example: { tokens: 3900, held: 0 },
        },
      },
    },
  },
  '/api/tokens/entries/': {
    GET: {
      id: 'listEntries',
      tag: 'Tokens',
      summary: 'List the ledger of the account',
      access: 'account',
      isPaged: true,
      responses: { 200: { description: 'A page, newest first.', json: pageOf(entryResponse) } },
    },
  },
};
