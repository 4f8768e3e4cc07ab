import * as v from 'valibot';
import type { MessagePlace, SentMessage } from '../../../domain/chat/message.js';
import type { Usage } from '../../../domain/metering/usage.js';
import {
  boolean,
  documented,
  jsonObject,
  string,
  systemPrompt,
  temperature,
  uuid,
} from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import type { ServerSentEvent } from '../kit/event-stream.js';
import { exampleId, exampleTime } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { invalidInput, problemDocument, problemResponse } from '../kit/problem.js';
import { count, id, time } from '../kit/response-fields.js';
import { attachmentOf, attachmentsToSend } from './attachments.js';
import { messageProblems, sendWhole, streamReply, type MessageContent, type ReplyFormat } from './reply.js';

/** The classes of usage. */
export const usageFields = {
  input_tokens: count,
  cached_input_tokens: count,
  cache_write_tokens: count,
  output_tokens: count,
  reasoning_tokens: count,
};

/** The usage of a reply, or null if the model does not report it. The input includes cached and written tokens; the output, reasoning. */
export const usageResponse = v.nullable(v.object(usageFields));

const messageText = documented(string, {
  description: 'The text. It may be blank only if there are attachments; its longest length is a setting.',
});

const messageToSend = namedSchema(
  'MessageToSend',
  jsonObject({
    message: messageText,
    attachments: attachmentsToSend,
    conversation_id: v.nullish(uuid),
    after_id: v.nullish(uuid),
    replaces_id: v.nullish(uuid),
    model: v.nullish(string),
    system_prompt: v.nullish(systemPrompt),
    temperature: v.nullish(temperature),
    stream: v.nullish(boolean),
    fit_budget: v.nullish(boolean),
  }),
);

const sentMessageResponse = namedSchema(
  'SentMessage',
  v.object({
    id,
    conversation_id: v.nullable(id),
    response: v.string(),
    model: v.string(),
    tokens_charged: count,
    remaining_tokens: count,
    usage: usageResponse,
    created_at: time,
  }),
);

/** The data of a `delta` event. */
const deltaResponse = namedSchema('Delta', v.object({ text: v.string() }));

const exampleReply = {
  id: exampleId,
  conversation_id: exampleId,
  response: 'Echo: Hello, AI!',
  model: 'echo',
  tokens_charged: 100,
  remaining_tokens: 3900,
  usage: {
    input_tokens: 3,
    cached_input_tokens: 0,
    cache_write_tokens: 0,
    output_tokens: 4,
    reasoning_tokens: 0,
  },
  created_at: exampleTime,
};

/** The events of a streamed message. */
export const replyEvents = {
  schemas: { delta: deltaResponse, done: sentMessageResponse, error: problemResponse },
  description:
    'A `delta` for each part of the text, then one `done` or one `error`. While there is no event to send, the server sends comments.',
  example: `event: delta\ndata: {"text":"Echo: Hello, AI!"}\n\nevent: done\ndata: ${JSON.stringify(exampleReply)}\n\n`,
};

export const sendMessage = defineRoute({
  method: 'POST',
  path: '/api/chat/',
  id: 'sendMessage',
  tag: 'Chat',
  summary: 'Send a message',
  description:
    'Without `conversation_id` a new conversation begins; with one, the AI sees the earlier messages. `model`, `system_prompt` and `temperature` apply to this message, and a new conversation keeps them for the next ones; without them, those of the conversation apply. A message follows the newest one of its conversation; with `after_id`, the `id` of an earlier message, it follows that one, and with `replaces_id` it follows what that one follows, which stays beside it: the AI then sees only the messages on the way to it. `attachments` are images and files for models with these `capabilities`: `data` in Base64 with its `media_type`, or an https `url`, which the provider fetches. They belong to the conversation, and are erased with it. With `"fit_budget": true`, a reply that the balance does not cover is limited to what it covers, at least 16 tokens of output; without it, or below that, the response is 402 with `affordable_output_tokens`. With `"stream": true`, or with `Accept: text/event-stream`, the response is a stream of events.',
  access: 'account',
  rateLimit: ({ core, caller }) => core.limits.chat(caller.user.id),
  isIdempotent: true,
  body: {
    schema: messageToSend,
    examples: {
      plain: { message: 'Hello, AI!' },
      streamed: { message: 'Hello, AI!', model: 'echo', stream: true },
      image: {
        message: 'What is this?',
        attachments: [{ type: 'image', media_type: 'image/png', data: 'iVBORw0KGgo=' }],
      },
      file: {
        message: 'Sum it up.',
        attachments: [{ type: 'file', name: 'report.pdf', url: 'https://example.com/report.pdf' }],
      },
    },
    isLarge: true,
  },
  responses: {
    200: {
      description: 'The reply, whole or as a stream.',
      json: sentMessageResponse,
      example: exampleReply,
      events: replyEvents,
    },
  },
  problems: ['invalid_input', ...messageProblems],
  handler: async (request) => {
    const { c, body } = request;
    const content: MessageContent = {
      message: body.message,
      attachments: body.attachments?.map(attachmentOf) ?? [],
      completionOptions: null,
      conversation: placeOf(body),
      model: body.model ?? null,
      systemPrompt: body.system_prompt ?? null,
      temperature: body.temperature ?? null,
      fitBudget: body.fit_budget ?? false,
    };
    const isStream = body.stream ?? acceptsEvents(c.req.header('Accept'));
    if (isStream) return streamReply(request, content, eventFormat);
    return c.json(presentSentMessage(await sendWhole(request, content)));
  },
});

/**
 * @throws HttpProblem with 400 `invalid_input` for a branch without a conversation, and for two branches.
 */
function placeOf({
  conversation_id: conversationId,
  after_id: afterId,
  replaces_id: replacesId,
}: v.InferOutput<typeof messageToSend>): MessagePlace {
  if (afterId != null && replacesId != null)
    throw invalidInput({ replaces_id: ['Must not be given together with after_id.'] });
  if (conversationId == null) {
    if (afterId == null && replacesId == null) return 'new';
    const field = afterId == null ? 'replaces_id' : 'after_id';
    throw invalidInput({ [field]: ['Requires conversation_id.'] });
  }
  const id = conversationId.toLowerCase();
  if (afterId != null) return { id, branch: { afterId: afterId.toLowerCase() } };
  return replacesId == null ? { id } : { id, branch: { replacesId: replacesId.toLowerCase() } };
}

/** Returns whether an Accept header names event streams, regardless of what else it names. */
function acceptsEvents(accept = ''): boolean {
  return accept.split(',').some((range) => /^\s*text\/event-stream\s*(;|$)/i.test(range));
}

/** The format of a streamed message. */
export const eventFormat: ReplyFormat = {
  events: (chunk) => {
    if (chunk.type === 'text') return [eventOf('delta', { text: chunk.text })];
    if (chunk.type === 'done') return [eventOf('done', presentSentMessage(chunk))];
    return [];
  },
  errorEvents: (problem) => [eventOf('error', problemDocument(problem))],
};

function eventOf(event: string, data: object): ServerSentEvent {
  return { event, data: JSON.stringify(data) };
}

function presentSentMessage(sent: SentMessage): v.InferOutput<typeof sentMessageResponse> {
  return {
    id: sent.exchangeId,
    conversation_id: sent.conversationId,
    response: sent.reply,
    model: sent.model,
    tokens_charged: sent.charged,
    remaining_tokens: sent.balance,
    usage: presentUsage(sent.usage),
    created_at: sent.createdAt.toISOString(),
  };
}

export function presentUsage(usage: Usage | null): v.InferOutput<typeof usageResponse> {
  if (usage === null) return null;
  return {
    input_tokens: usage.input,
    cached_input_tokens: usage.cachedInput,
    cache_write_tokens: usage.cacheWrite,
    output_tokens: usage.output,
    reasoning_tokens: usage.reasoning,
  };
}
