import type { Context } from 'hono';
import type { SendMessageInput } from '../../domain/chat/sent-message.js';
import type { HttpEnvironment, HttpNeeds } from './context.js';
import { answerEvents, type ServerSentEvent } from './event-stream.js';
import { presentSentMessage } from './present-chat.js';
import { problemDocument } from './problem.js';
import { reportProblem } from './report-problem.js';
import { beginChat, type BegunReply } from './send-chat.js';

/** Sends a message and answers with server-sent events: `delta` as the words come, then one `done` or one `error`. */
export async function streamChat(
  c: Context<HttpEnvironment>,
  { core, log }: Pick<HttpNeeds, 'core' | 'log'>,
  input: SendMessageInput,
): Promise<Response> {
  const reply = await beginChat(c, core, input);
  const report = (error: unknown) => reportProblem(log, error, c.get('requestId'));
  return answerEvents(c, chatEvents(reply, report), reply.client);
}

async function* chatEvents(
  { first, pieces }: BegunReply,
  report: (error: unknown) => ReturnType<typeof reportProblem>,
): AsyncGenerator<ServerSentEvent, void> {
  try {
    let next = first;
    while (next.done !== true) {
      if (next.value.type === 'text') yield eventOf('delta', { text: next.value.text });
      next = await pieces.next();
    }
    yield eventOf('done', presentSentMessage(next.value));
  } catch (error) {
    const problem = report(error);
    if (problem !== null) yield eventOf('error', problemDocument(problem));
  }
}

function eventOf(event: string, data: object): ServerSentEvent {
  return { event, data: JSON.stringify(data) };
}
