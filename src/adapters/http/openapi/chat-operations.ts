import * as v from 'valibot';
import { pageOf, wholeListOf } from '../answer-fields.js';
import { chat } from '../chat-routes.js';
import { readConversationAnswer, renaming } from '../conversation-routes.js';
import { balanceAnswer, entryAnswer } from '../ledger-routes.js';
import { conversationAnswer, exchangeAnswer, modelAnswer, sentMessageAnswer } from '../present-chat.js';
import { problemAnswer } from '../problem.js';
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
export const deltaAnswer = v.object({ text: v.string() });

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
        schema: chat,
        examples: {
          plain: { message: 'Hello, AI!' },
          streamed: { message: 'Hello, AI!', model: 'echo', stream: true },
        },
      },
      answers: {
        200: {
          description: 'The reply, whole or as it comes.',
          json: sentMessageAnswer,
          example: exampleReply,
          events: {
            schemas: { delta: deltaAnswer, done: sentMessageAnswer, error: problemAnswer },
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
      answers: { 200: { description: 'A page, newest first.', json: pageOf(exchangeAnswer) } },
    },
  },
  '/api/models/': {
    GET: {
      id: 'listModels',
      tag: 'Chat',
      summary: 'List the models on offer, with their prices',
      access: 'account',
      query: noQuery,
      answers: { 200: { description: 'All of them.', json: wholeListOf(modelAnswer) } },
    },
  },
  '/api/conversations/': {
    GET: {
      id: 'listConversations',
      tag: 'Chat',
      summary: 'List the conversations',
      access: 'account',
      isPaged: true,
      answers: { 200: { description: 'A page, newest first.', json: pageOf(conversationAnswer) } },
    },
  },
  '/api/conversations/{id}/': {
    GET: {
      id: 'readConversation',
      tag: 'Chat',
      summary: 'Read a conversation',
      access: 'account',
      isPaged: true,
      answers: {
        200: {
          description: 'The conversation with a page of it, newest first.',
          json: readConversationAnswer,
        },
      },
    },
    PATCH: {
      id: 'renameConversation',
      tag: 'Chat',
      summary: 'Rename a conversation',
      access: 'account',
      body: { schema: renaming, examples: { plain: { title: 'On echoes' } } },
      answers: { 200: { description: 'The renamed conversation.', json: conversationAnswer } },
    },
    DELETE: {
      id: 'eraseConversation',
      tag: 'Chat',
      summary: 'Erase the texts of a conversation',
      description: 'The ledger stays as it is.',
      access: 'account',
      answers: { 204: { description: 'They are erased.', json: null } },
    },
  },
  '/api/tokens/': {
    GET: {
      id: 'readBalance',
      tag: 'Tokens',
      summary: 'Read what can be spent',
      access: 'account',
      answers: {
        200: {
          description: 'What can be spent, and what is held for replies under way.',
          json: balanceAnswer,
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
      answers: { 200: { description: 'A page, newest first.', json: pageOf(entryAnswer) } },
    },
  },
};
