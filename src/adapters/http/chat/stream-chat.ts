import type { Context } from 'hono';
import type { SendMessageInput } from '../../../domain/chat/sent-message.js';
import type { HttpEnvironment, HttpDeps } from '../kit/context.js';
import type { ServerSentEvent } from '../kit/event-stream.js';
import { presentSentMessage } from './present-chat.js';
import { problemDocument } from '../kit/problem.js';
import { streamReply, type StreamedReply } from './send-chat.js';

/** Sends a message and answers with server-sent events: `delta` as the words come, then one `done` or one `error`. */
export function streamChat(
  c: Context<HttpEnvironment>,
  deps: HttpDeps,
  input: SendMessageInput,
): Promise<Response> {
  return streamReply(c, deps, input, {
    events: chatEvents,
    errorEvent: (problem) => eventOf('error', problemDocument(problem)),
  });
}

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
