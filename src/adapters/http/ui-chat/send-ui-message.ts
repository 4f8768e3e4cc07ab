import * as v from 'valibot';
import { messageText } from '../../../domain/chat/model-message.js';
import { plainRequest } from '../../../domain/chat/prepare-message.js';
import { messageProblems, streamReply } from '../chat/reply.js';
import { documented, jsonObject, string } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { modelMessages, uiMessages } from './ui-messages.js';
import { uiChunkResponse, uiFormat } from './ui-stream.js';

/** What `useChat` sends for servers that keep its messages. */
const ofPage = documented(v.optional(v.unknown()), { description: 'Ignored.' });

const uiChatRequest = namedSchema(
  'UiChatRequest',
  jsonObject({
    messages: uiMessages,
    model: v.nullish(string),
    id: ofPage,
    trigger: ofPage,
    messageId: ofPage,
  }),
);

export const sendUiMessage = defineRoute({
  method: 'POST',
  path: '/api/ui-chat/',
  id: 'sendUiMessage',
  tag: 'Chat',
  summary: 'Send a message from `useChat`',
  description:
    "Takes what `useChat` of the AI SDK sends, and responds with the AI SDK's UI message stream. The AI sees the messages of the request, which the page keeps: they belong to no conversation. The `id` of the chat, `trigger` and `messageId` are ignored. The id of the reply is that of its chat at `/api/chat/`; its metadata has what it cost. Parts for the page only (`step-start`, `source-…`, `data-…`) are not sent to the AI.",
  access: 'account',
  rateLimit: ({ core, caller }) => core.limits.chat(caller.user.id),
  isIdempotent: true,
  body: {
    schema: uiChatRequest,
    examples: {
      plain: {
        id: 'chat-1',
        messages: [{ id: '1', role: 'user', parts: [{ type: 'text', text: 'Hello, AI!' }] }],
        trigger: 'submit-message',
      },
      image: {
        messages: [
          {
            role: 'user',
            parts: [
              { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,iVBORw0KGgo=' },
              { type: 'text', text: 'What is this?' },
            ],
          },
        ],
      },
    },
    isLarge: true,
  },
  responses: {
    200: {
      description: 'The reply, as a stream.',
      json: null,
      events: {
        schemas: { message: uiChunkResponse },
        description:
          "Chunks of the AI SDK's UI message stream, then `[DONE]`. The last chunk is `finish` or `error`, whose text is a problem document. While there is no chunk to send, the server sends comments.",
        example: 'data: {"type":"text-delta","id":"0","delta":"Echo:"}\n\ndata: [DONE]\n\n',
      },
      headers: ['X-Vercel-AI-UI-Message-Stream'],
    },
  },
  problems: ['invalid_input', ...messageProblems],
  handler: async (request) => {
    const messages = modelMessages(request.body.messages);
    const content = {
      message: messageText(messages.findLast(({ role }) => role === 'user')),
      completionOptions: plainRequest(messages),
      conversation: 'none',
      model: request.body.model ?? null,
      fitBudget: false,
    } as const;
    const response = await streamReply(request, content, uiFormat());
    response.headers.set('X-Vercel-AI-UI-Message-Stream', 'v1');
    return response;
  },
});
