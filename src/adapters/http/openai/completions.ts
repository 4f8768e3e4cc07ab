import * as v from 'valibot';
import { messageProblems, sendWhole, streamReply, type MessageContent } from '../chat/reply.js';
import { defineRoute } from '../kit/define-route.js';
import { setRemainingHeader } from '../kit/headers.js';
import { completionBody, completionRequest } from './completion-request.js';
import { chunkResponse, completionResponse, presentCompletion } from './completion-response.js';
import { completionFormat } from './completion-stream.js';
import { openAiErrorResponse } from './openai-error.js';

export const createCompletion = defineRoute({
  method: 'POST',
  path: '/v1/chat/completions',
  id: 'createCompletion',
  tag: 'OpenAI-compatible',
  summary: 'Complete a chat',
  description:
    "As in OpenAI's API. Parameters that are not supported are rejected by name, never ignored silently.",
  access: 'program',
  rateLimit: ({ core, caller }) => core.limits.chat(caller.user.id),
  isIdempotent: true,
  body: {
    schema: completionBody,
    examples: {
      plain: { model: 'echo', messages: [{ role: 'user', content: 'Hello, AI!' }] },
      streamed: {
        model: 'echo',
        messages: [{ role: 'user', content: 'Hello, AI!' }],
        stream: true,
        stream_options: { include_usage: true },
      },
    },
    parse: completionRequest,
    isLarge: true,
  },
  responses: {
    200: {
      description: 'The reply, whole or in chunks.',
      json: completionResponse,
      headers: ['X-Remaining-Tokens'],
      events: {
        schemas: { message: v.union([chunkResponse, openAiErrorResponse]) },
        description:
          "Chunks, then `[DONE]`; or an error of OpenAI's API as the last event. While there is no chunk to send, the server sends comments.",
        example: 'data: {"object":"chat.completion.chunk", …}\n\ndata: [DONE]\n\n',
      },
    },
  },
  problems: messageProblems,
  handler: async (request) => {
    const { c, body } = request;
    const content: MessageContent = {
      message: body.message,
      completionOptions: body.completionOptions,
      conversation: 'none',
      model: body.model,
      fitBudget: body.fitBudget,
    };
    if (body.isStream) return streamReply(request, content, completionFormat(body));
    const sent = await sendWhole(request, content);
    setRemainingHeader(c, sent.balance);
    return c.json(presentCompletion(sent, body.completionOptions));
  },
});
