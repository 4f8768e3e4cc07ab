import type { Context } from 'hono';
import type { Caller } from '../../../domain/auth/caller.js';
import type { Core } from '../../../domain/core.js';
import type { MessageChunk, SendMessageInput, SentMessage } from '../../../domain/chat/message.js';
import { clientSignal } from '../kit/client-signal.js';
import type { HttpEnvironment, HttpDeps } from '../kit/context.js';
import { sendEvents, type ServerSentEvent } from '../kit/event-stream.js';
import { idempotencyKeyOf } from '../kit/idempotency-key.js';
import { ClientDisconnected, type Problem } from '../kit/problem.js';
import { setRemainingHeader } from '../kit/remaining-header.js';
import { reportProblem } from '../kit/report-problem.js';

type CommonInput = 'userId' | 'emailVerified' | 'idempotencyKey' | 'signal' | 'stopping';

/** The part of the input that does not depend on the format of the request: the caller, the key, the signals. */
export function commonInput(
  c: Context<HttpEnvironment>,
  { stopping }: Pick<HttpDeps, 'stopping'>,
  { user: { id, emailVerified } }: Caller,
): Pick<SendMessageInput, CommonInput> {
  return {
    userId: id,
    emailVerified,
    idempotencyKey: idempotencyKeyOf(c),
    signal: clientSignal(c),
    ...(stopping === undefined ? {} : { stopping }),
  };
}

/** Sends a message, waits for the whole reply, and sets `Idempotent-Replayed` if the reply is a repeated one. */
export async function sendWhole(c: Context, core: Core, input: SendMessageInput): Promise<SentMessage> {
  const sent = await core.chat.send(input).catch((error: unknown) => {
    // The reason of a signal can be anything; Node's server gives a string.
    throw input.signal.aborted && error === input.signal.reason ? new ClientDisconnected() : error;
  });
  if (sent.replayed) c.header('Idempotent-Replayed', 'true');
  return sent;
}

/**
 * Sends a message and responds with the events that `format.events` makes of the reply. An error before the first event is
 * thrown, so that it gets its plain status. An error after the first event or the first keep-alive comment becomes the last
 * event.
 */
export function streamReply(
  c: Context<HttpEnvironment>,
  { core, log, streamKeepAliveMs: keepAliveMs }: Pick<HttpDeps, 'core' | 'log' | 'streamKeepAliveMs'>,
  input: SendMessageInput,
  format: {
    events: (chunks: AsyncIterable<MessageChunk>) => AsyncGenerator<ServerSentEvent, void>;
    errorEvent: (problem: Problem) => ServerSentEvent;
  },
): Promise<Response> {
  const client = new AbortController();
  const abort = () => {
    client.abort(new ClientDisconnected());
  };
  if (input.signal.aborted) abort();
  // The listener is collected with the request, to which the signal belongs.
  input.signal.addEventListener('abort', abort, { once: true });
  const chunks = core.chat.stream({ ...input, signal: client.signal });
  return sendEvents(c, format.events(withHeaders(c, chunks)), {
    client,
    keepAliveMs,
    errorEvent: (error) => {
      const problem = reportProblem(log, error, c.get('requestId'));
      return problem === null ? null : format.errorEvent(problem);
    },
  });
}

/** Yields the chunks, and sets the headers that follow from the first one unless a keep-alive comment has sent them. */
async function* withHeaders(
  c: Context,
  chunks: AsyncIterable<MessageChunk>,
): AsyncGenerator<MessageChunk, void> {
  for await (const chunk of chunks) {
    if (chunk.type === 'started' && !c.finalized) {
      if (chunk.replayed) c.header('Idempotent-Replayed', 'true');
      if (chunk.balance !== null) setRemainingHeader(c, chunk.balance);
    }
    yield chunk;
  }
}
