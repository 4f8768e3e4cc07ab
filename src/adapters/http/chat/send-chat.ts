import type { Context } from 'hono';
import type { Core } from '../../../domain/core.js';
import type { MessageChunk, SendMessageInput, SentMessage } from '../../../domain/chat/sent-message.js';
import { clientSignal } from '../kit/client-signal.js';
import type { HttpEnvironment, HttpDeps } from '../kit/context.js';
import { sendEvents, type ServerSentEvent } from '../kit/event-stream.js';
import { idempotencyKeyOf } from '../kit/idempotency-key.js';
import { ClientDisconnected, type Problem } from '../kit/problem.js';
import { remainingHeader } from '../kit/remaining-header.js';
import { reportProblem } from '../kit/report-problem.js';

type Sender = 'userId' | 'emailVerified' | 'idempotencyKey' | 'signal' | 'stopping';

/** A reply as it comes. Read `pieces` to their end, and abort `client` once the client is gone. */
export interface StreamedReply {
  begun: Extract<MessageChunk, { type: 'begun' }>;
  chunks: AsyncGenerator<MessageChunk, SentMessage>;
}

/** Who sends a message, and until when it matters. */
export function senderOf(
  c: Context<HttpEnvironment>,
  { stopping }: Pick<HttpDeps, 'stopping'>,
): Pick<SendMessageInput, Sender> {
  const { id, emailVerified } = c.get('caller').user;
  return {
    userId: id,
    emailVerified,
    idempotencyKey: idempotencyKeyOf(c),
    signal: clientSignal(c),
    ...(stopping === undefined ? {} : { stopping }),
  };
}

/** The whole of a reply; says in a header whether it is one from earlier. */
export async function sendChat(c: Context, core: Core, input: SendMessageInput): Promise<SentMessage> {
  const sent = await core.chat.send(input).catch((error: unknown) => {
    // The reason of a signal can be anything; Node's server gives a text.
    throw input.signal.aborted && error === input.signal.reason ? new ClientDisconnected() : error;
  });
  if (sent.replayed) c.header('Idempotent-Replayed', 'true');
  return sent;
}

/**
 * Responds with the events that are made of a reply. What fails before the first one is thrown, so that it gets its plain
 * status, unless that takes longer than the keep-alive.
 */
export function streamReply(
  c: Context<HttpEnvironment>,
  { core, log, streamKeepAliveMs: keepAliveMs }: Pick<HttpDeps, 'core' | 'log' | 'streamKeepAliveMs'>,
  input: SendMessageInput,
  ways: {
    events: (reply: StreamedReply) => AsyncGenerator<ServerSentEvent, void>;
    errorEvent: (problem: Problem) => ServerSentEvent;
  },
): Promise<Response> {
  const client = new AbortController();
  const leave = () => {
    client.abort(new ClientDisconnected());
  };
  if (input.signal.aborted) leave();
  // As long as the request, which it belongs to.
  input.signal.addEventListener('abort', leave, { once: true });
  const chunks = core.chat.stream({ ...input, signal: client.signal });
  return sendEvents(c, eventsOf(c, chunks, ways.events), {
    client,
    keepAliveMs,
    errorEvent: (error) => {
      const problem = reportProblem(log, error, c.get('requestId'));
      return problem === null ? null : ways.errorEvent(problem);
    },
  });
}

async function* eventsOf(
  c: Context,
  chunks: AsyncGenerator<MessageChunk, SentMessage>,
  events: (reply: StreamedReply) => AsyncGenerator<ServerSentEvent, void>,
): AsyncGenerator<ServerSentEvent, void> {
  const { done, value: begun } = await chunks.next();
  if (done === true || begun.type !== 'begun') throw new TypeError('A reply begins with its facts.');
  // The headers of a response that has begun have been sent.
  if (!c.finalized) {
    if (begun.replayed) c.header('Idempotent-Replayed', 'true');
    if (begun.balance !== null) remainingHeader(c, begun.balance);
  }
  yield* events({ begun, chunks });
}
