import type { Context } from 'hono';
import type { Core } from '../../domain/core.js';
import type { MessagePiece, SendMessageInput, SentMessage } from '../../domain/chat/sent-message.js';
import { clientSignal } from './client-signal.js';
import type { HttpEnvironment, HttpNeeds } from './context.js';
import { idempotencyKeyOf } from './idempotency-key.js';
import { ClientLeft } from './problem.js';

type Sender = 'userId' | 'emailVerified' | 'idempotencyKey' | 'signal' | 'stopping';

/** A reply that has begun. Read `pieces` after `first`, and abort `client` once nobody reads them. */
export interface BegunReply {
  begun: Extract<MessagePiece, { type: 'begun' }>;
  first: NextPiece;
  pieces: AsyncGenerator<MessagePiece, SentMessage>;
  client: AbortController;
}

/** A piece of a reply, or its end. */
export type NextPiece = IteratorResult<MessagePiece, SentMessage>;

/** Who sends a message, and until when it matters. */
export function senderOf(
  c: Context<HttpEnvironment>,
  { stopping }: Pick<HttpNeeds, 'stopping'>,
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
    throw input.signal.aborted && error === input.signal.reason ? new ClientLeft() : error;
  });
  if (sent.replayed) c.header('Idempotent-Replayed', 'true');
  return sent;
}

/** A reply up to its first words, so that what fails before them is thrown, and answered with its plain status. */
export async function beginChat(c: Context, core: Core, input: SendMessageInput): Promise<BegunReply> {
  const client = new AbortController();
  const leave = () => {
    client.abort(new ClientLeft());
  };
  if (input.signal.aborted) leave();
  // As long as the request, which it belongs to.
  input.signal.addEventListener('abort', leave, { once: true });
  const pieces = core.chat.stream({ ...input, signal: client.signal });
  const begun = await pieces.next();
  if (begun.done === true || begun.value.type !== 'begun')
    throw new TypeError('A reply begins with its facts.');
  if (begun.value.replayed) c.header('Idempotent-Replayed', 'true');
  return { begun: begun.value, first: await pieces.next(), pieces, client };
}
