import type { Context } from 'hono';
import * as v from 'valibot';
import type { SendMessageInput, SentMessage } from '../../../domain/chat/message.js';
import { message } from '../kit/body-fields.js';
import type { HttpDeps, HttpEnvironment } from '../kit/context.js';
import type { ServerSentEvent } from '../kit/event-stream.js';
import { problemDocument } from '../kit/problem.js';
import { readJson } from '../kit/read-json.js';
import { count, id, time } from '../kit/response-fields.js';
import { commonInput, sendWhole, streamReply, type StreamedReply } from './reply.js';

const uuid = v.pipe(v.string('Must be a string.'), v.uuid('Must be a UUID.'));

export const sendBody = v.object(
  {
    message,
    conversation_id: v.nullish(uuid),
    model: v.nullish(v.string('Must be a string.')),
    stream: v.nullish(v.boolean('Must be true or false.')),
  },
  'Must be a JSON object.',
);

/** The usage of a reply, or null if the model does not report it. */
export const usageResponse = v.nullable(v.object({ input_tokens: count, output_tokens: count }));

export const sentMessageResponse = v.object({
  id,
  conversation_id: v.nullable(id),
  response: v.string(),
  model: v.string(),
  tokens_charged: count,
  remaining_tokens: count,
  usage: usageResponse,
  created_at: time,
});

/** Sends a message and responds with the reply, whole or as a stream of events. */
export async function sendMessage(c: Context<HttpEnvironment>, deps: HttpDeps): Promise<Response> {
  const body = await readJson(c, sendBody);
  const input: SendMessageInput = {
    ...commonInput(c, deps),
    message: body.message,
    completionOptions: null,
    conversation: body.conversation_id == null ? 'new' : { id: body.conversation_id.toLowerCase() },
    model: body.model ?? null,
  };
  if (!(body.stream ?? acceptsEvents(c.req.header('Accept')))) {
    return c.json(presentSentMessage(await sendWhole(c, deps.core, input)));
  }
  return streamReply(c, deps, input, {
    events: chatEvents,
    errorEvent: (problem) => eventOf('error', problemDocument(problem)),
  });
}

/** Returns whether an Accept header names event streams, regardless of what else it names. */
function acceptsEvents(accept = ''): boolean {
  return accept.split(',').some((range) => /^\s*text\/event-stream\s*(;|$)/i.test(range));
}

/** One `delta` for each text, then one `done`. */
async function* chatEvents({ chunks }: StreamedReply): AsyncGenerator<ServerSentEvent, void> {
  let next = await chunks.next();
  while (next.done !== true) {
    if (next.value.type === 'text') yield eventOf('delta', { text: next.value.text });
    next = await chunks.next();
  }
  yield eventOf('done', presentSentMessage(next.value));
}

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
    usage: sent.usage === null ? null : { input_tokens: sent.usage.input, output_tokens: sent.usage.output },
    created_at: sent.createdAt.toISOString(),
  };
}
