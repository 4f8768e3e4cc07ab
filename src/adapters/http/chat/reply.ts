import type { Context } from 'hono';
import { apiKeyOf } from '../../../domain/auth/caller.js';
import type { MessageChunk, SendMessageInput, SentMessage } from '../../../domain/chat/message.js';
import { nodeBindings, idempotencyKeyOf, setRemainingHeader } from '../kit/headers.js';
import type { RouteRequest } from '../kit/define-route.js';
import { sendEvents, type ServerSentEvent } from '../kit/event-stream.js';
import { type Problem, ClientDisconnected } from '../kit/problem.js';
import { reportProblem } from '../kit/report-problem.js';

type ChatRequest = Pick<RouteRequest<'account' | 'program'>, 'c' | 'core' | 'deps' | 'caller'>;

/** The part of the input that depends on the format of the body. */
export type MessageContent = Pick<
  SendMessageInput,
  'message' | 'completionOptions' | 'conversation' | 'model' | 'fitBudget'
> &
  Partial<Pick<SendMessageInput, 'attachments' | 'systemPrompt' | 'temperature'>>;

/** The problems of every route that sends a message. */
export const messageProblems = [
  ...(['model_not_found', 'unsupported_parameter', 'context_length_exceeded', 'content_filtered'] as const),
  ...([
    'insufficient_tokens',
    'debt_outstanding',
    'cap_reached',
    'email_not_verified',
    'model_not_allowed',
  ] as const),
  ...(['not_found', 'reply_stopped', 'provider_busy', 'provider_failed', 'provider_timeout'] as const),
] as const;

/** The format of a streamed reply. */
export interface ReplyFormat {
  /** Returns the events of the next chunk, which may be none. */
  events: (chunk: MessageChunk) => Iterable<ServerSentEvent>;
  /** Returns the events that are sent while no chunk comes; by default a comment. */
  keepAlive?: () => Iterable<ServerSentEvent>;
  /** Returns the last events of a reply that fails. */
  errorEvents: (problem: Problem) => readonly ServerSentEvent[];
}

/** Sends a message, waits for the whole reply, and sets `Idempotent-Replayed` if the reply is a repeated one. */
export async function sendWhole(request: ChatRequest, content: MessageContent): Promise<SentMessage> {
  const { c, core } = request;
  const sent = await core.chat.send(inputOf(request, content, abortOnDisconnect(c).signal));
  if (sent.replayed) c.header('Idempotent-Replayed', 'true');
  return sent;
}

/**
 * Sends a message and responds with its reply as events. An error before the first event is thrown, so that it gets its
 * plain status. An error after the first event or the first keep-alive comment becomes the last event.
 */
export function streamReply(
  request: ChatRequest,
  content: MessageContent,
  format: ReplyFormat,
): Promise<Response> {
  const { c, core, deps } = request;
  const client = abortOnDisconnect(c);
  const chunks = core.chat.stream(inputOf(request, content, client.signal));
  return sendEvents(c, eventsOf(c, chunks, format), {
    client,
    keepAliveMs: deps.streamKeepAliveMs,
    ...(format.keepAlive === undefined ? {} : { keepAlive: format.keepAlive }),
    errorEvents: (error) => {
      const problem = reportProblem(deps.log, error, c.get('requestId'));
      return problem === null ? [] : format.errorEvents(problem);
    },
  });
}

function inputOf(
  { c, deps: { stopping }, caller }: ChatRequest,
  content: MessageContent,
  signal: AbortSignal,
): SendMessageInput {
  return {
    attachments: [],
    systemPrompt: null,
    temperature: null,
    ...content,
    userId: caller.user.id,
    emailVerified: caller.user.emailVerified,
    apiKey: apiKeyOf(caller),
    idempotencyKey: idempotencyKeyOf(c),
    signal,
    ...(stopping === undefined ? {} : { stopping }),
  };
}

/** Yields the events of a reply, and sets the headers of a repeated one if they are not sent yet. */
export async function* eventsOf(
  c: Context,
  chunks: AsyncIterable<MessageChunk>,
  { events }: ReplyFormat,
): AsyncGenerator<ServerSentEvent, void> {
  for await (const chunk of chunks) {
    // After a keep-alive comment the headers have been sent.
    if (chunk.type === 'started' && !c.finalized) {
      if (chunk.replayed) c.header('Idempotent-Replayed', 'true');
      if (chunk.balance !== null) setRemainingHeader(c, chunk.balance);
    }
    yield* events(chunk);
  }
}

/**
 * Returns a controller that is aborted with `ClientDisconnected` if the client disconnects before the end of the response.
 *
 * On Node's server it watches the response. The signal of the request would create a `Request` with its body, and keep it
 * for as long as a stream runs.
 */
export function abortOnDisconnect(c: Context): AbortController {
  const client = new AbortController();
  const abort = () => {
    client.abort(new ClientDisconnected());
  };
  const outgoing = nodeBindings(c)?.outgoing;
  if (outgoing === undefined) {
    const { signal } = c.req.raw;
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    return client;
  }
  const onClose = () => {
    if (!outgoing.writableFinished) abort();
  };
  if (outgoing.destroyed) onClose();
  else outgoing.once('close', onClose);
  return client;
}
