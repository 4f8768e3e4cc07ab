import type { Context } from 'hono';
import { messageProblems, sendWhole, streamReply, type MessageContent } from '../chat/reply.js';
import { defineRoute } from '../kit/define-route.js';
import { setRemainingHeader } from '../kit/headers.js';
import { invalidInput } from '../kit/problem.js';
import { messageBody, messageRequest } from './message-request.js';
import { messageJson, messageResponse } from './message-response.js';
import { messageEvents, messageFormat } from './message-stream.js';

const exampleBody = { model: 'echo', max_tokens: 1024, messages: [{ role: 'user', content: 'Hello, AI!' }] };

export const createMessage = defineRoute({
  method: 'POST',
  path: '/v1/messages',
  id: 'createMessage',
  tag: 'Anthropic-compatible',
  summary: 'Create a message',
  description:
    "As in Anthropic's API, with the header `anthropic-version`, and `x-api-key` or a bearer. What is not supported is rejected by name, never ignored silently; `anthropic-beta` has no effect.",
  access: 'program',
  rateLimit: ({ core, caller }) => core.limits.chat(caller.user.id),
  isIdempotent: true,
  body: {
    schema: messageBody,
    examples: { plain: exampleBody, streamed: { ...exampleBody, stream: true } },
    parse: messageRequest,
    isLarge: true,
  },
  responses: {
    200: {
      description: 'The reply, whole or as events.',
      json: messageResponse,
      headers: ['X-Remaining-Tokens'],
      events: {
        schemas: messageEvents,
        description:
          "The events of Anthropic's API, then `message_stop` or `error`. While there is none to send, the server sends `ping`.",
        example: 'event: message_start\ndata: {"type":"message_start", …}\n\n',
      },
    },
  },
  problems: messageProblems,
  handler: async (request) => {
    const { c, body } = request;
    requireVersion(c);
    const content: MessageContent = {
      message: body.message,
      completionOptions: body.completionOptions,
      conversation: 'none',
      model: body.model,
      fitBudget: body.fitBudget,
    };
    if (body.isStream) return streamReply(request, content, messageFormat(body, c.get('requestId')));
    const sent = await sendWhole(request, content);
    setRemainingHeader(c, sent.balance);
    return c.body(messageJson(sent, body.completionOptions), 200, { 'Content-Type': 'application/json' });
  },
});

/**
 * Rejects a request without the version of Anthropic's API, as Anthropic does. Which version it is does not matter.
 *
 * @throws HttpProblem `invalid_input`.
 */
export function requireVersion(c: Context): void {
  if (c.req.header('anthropic-version') === undefined) {
    throw invalidInput({ 'anthropic-version': ['Is required, for example 2023-06-01.'] });
  }
}
