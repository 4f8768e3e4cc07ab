import type { Context } from 'hono';
import type { MessagePiece, SendMessageInput, SentMessage } from '../../domain/chat/sent-message.js';
import type { HttpEnvironment, HttpNeeds } from './context.js';
import { answerEvents, type ServerSentEvent } from './event-stream.js';
import { presentSentMessage } from './present-chat.js';
import { ClientLeft, problemDocument } from './problem.js';
import { reportProblem } from './report-problem.js';

type Pieces = AsyncGenerator<MessagePiece, SentMessage>;
type NextPiece = IteratorResult<MessagePiece, SentMessage>;

/**
 * Sends a message and answers with server-sent events: `delta` as the words come, then one `done` or one `error`. The
 * answer begins with the first words, so that what fails before them is thrown, and answered with its plain status.
 */
export async function streamChat(
  c: Context<HttpEnvironment>,
  { core, log }: Pick<HttpNeeds, 'core' | 'log'>,
  input: SendMessageInput,
): Promise<Response> {
  const client = new AbortController();
  const leave = () => {
    client.abort(new ClientLeft());
  };
  if (input.signal.aborted) leave();
  // As long as the request, which it belongs to.
  input.signal.addEventListener('abort', leave, { once: true });
  const pieces = core.chat.stream({ ...input, signal: client.signal });
  let next = await pieces.next();
  if (next.done !== true && next.value.type === 'begun') {
    if (next.value.replayed) c.header('Idempotent-Replayed', 'true');
    next = await pieces.next();
  }
  const report = (error: unknown) => reportProblem(log, error, c.get('requestId'));
  return answerEvents(c, chatEvents(pieces, next, report), client);
}

async function* chatEvents(
  pieces: Pieces,
  first: NextPiece,
  report: (error: unknown) => ReturnType<typeof reportProblem>,
): AsyncGenerator<ServerSentEvent, void> {
  try {
    let next = first;
    while (next.done !== true) {
      if (next.value.type === 'text') yield { event: 'delta', data: { text: next.value.text } };
      next = await pieces.next();
    }
    yield { event: 'done', data: presentSentMessage(next.value) };
  } catch (error) {
    const problem = report(error);
    if (problem !== null) yield { event: 'error', data: problemDocument(problem) };
  }
}
