import { isDomainError } from '../../../domain/errors.js';
import { sentParts } from '../../../domain/chat/exchange-hold.js';
import type { ReplyPart } from '../../../ports/ai-model.js';
import { messageProblems, sendWhole, streamReply, type MessageContent } from '../chat/reply.js';
import { defineRoute, type RouteRequest } from '../kit/define-route.js';
import { setRemainingHeader } from '../kit/headers.js';
import { lastUserText } from '../openai/completion-messages.js';
import { responseEvents } from './event-schemas.js';
import { inputMessages, referencedIds, type FoundParts } from './input-messages.js';
import { partOfId, type PartReference } from './item-ids.js';
import { presentResponse, responseResponse } from './response-object.js';
import { responseBody, responseRequest } from './response-request.js';
import { responseFormat } from './response-stream.js';

export const createResponse = defineRoute({
  method: 'POST',
  path: '/v1/responses',
  id: 'createResponse',
  tag: 'OpenAI-compatible',
  summary: 'Create a response',
  description:
    "As in OpenAI's Responses API, without stored state: the input contains the whole conversation, as items or as references to items of earlier replies. Parameters that are not supported are rejected by name, never ignored silently.",
  access: 'program',
  rateLimit: ({ core, caller }) => core.limits.chat(caller.user.id),
  isIdempotent: true,
  body: {
    schema: responseBody,
    examples: {
      plain: { model: 'echo', input: 'Hello, AI!' },
      streamed: {
        model: 'echo',
        input: [{ role: 'user', content: [{ type: 'input_text', text: 'Hello, AI!' }] }],
        stream: true,
      },
    },
    parse: responseRequest,
    isLarge: true,
  },
  responses: {
    200: {
      description: 'The reply, whole or as events.',
      json: responseResponse,
      headers: ['X-Remaining-Tokens'],
      events: {
        schemas: responseEvents,
        description:
          "The events of OpenAI's Responses API, numbered. The last one is `response.completed` or `response.incomplete`; or `error`, then `response.failed`. While there is no event to send, the server sends comments.",
        example: 'event: response.created\ndata: {"type":"response.created","sequence_number":0, …}\n\n',
      },
    },
  },
  problems: messageProblems,
  handler: async (request) => {
    const { c, body: asked } = request;
    const { body } = asked;
    const found = await findParts(request, referencedIds(body.input));
    const messages = inputMessages(body.instructions ?? null, body.input, found);
    const completionOptions = { ...asked.options, messages };
    const content: MessageContent = {
      message: lastUserText(messages),
      completionOptions,
      conversation: 'none',
      model: body.model,
      fitBudget: body.fit_budget ?? false,
    };
    if (body.stream === true) return streamReply(request, content, responseFormat(asked, completionOptions));
    const sent = await sendWhole(request, content);
    setRemainingHeader(c, sent.balance);
    return c.json(presentResponse(sent, asked, completionOptions));
  },
});

/**
 * Returns the parts that ids of output items name, as far as the account has them: clients that expect OpenAI to store
 * responses refer to items in place of repeating them.
 */
async function findParts(
  { core, caller }: Pick<RouteRequest<'program'>, 'core' | 'caller'>,
  ids: readonly string[],
): Promise<FoundParts> {
  const replies = new Map<string, readonly ReplyPart[]>();
  const found = new Map<string, ReplyPart>();
  for (const id of ids) {
    const reference = partOfId(id);
    if (reference === null) break;
    const { exchangeId } = reference;
    const parts = replies.get(exchangeId) ?? (await replyOf({ core, caller }, exchangeId));
    replies.set(exchangeId, parts);
    const part = partIn(parts, reference);
    // The request is rejected for it, whatever the others are.
    if (part === undefined) break;
    found.set(id, part);
  }
  return found;
}

function partIn(parts: readonly ReplyPart[], { type, index }: PartReference): ReplyPart | undefined {
  return parts.filter((part) => part.type === type)[index];
}

/** Returns the parts of the reply of an exchange of the caller; none if there is no such exchange or reply. */
async function replyOf(
  { core, caller }: Pick<RouteRequest<'program'>, 'core' | 'caller'>,
  exchangeId: string,
): Promise<readonly ReplyPart[]> {
  try {
    const exchange = await core.chat.exchange({ caller, userId: caller.user.id, exchangeId });
    const { reply } = exchange;
    return reply === null ? [] : sentParts({ ...exchange, reply });
  } catch (error) {
    if (isDomainError(error) && error.code === 'not_found') return [];
    throw error;
  }
}
