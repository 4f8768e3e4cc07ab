import type { MessageChunk, SendMessageRequest, SentMessage } from './message.js';
import { beginExchange, runExchange, type RunExchangeDeps } from './run-exchange.js';

/** Sends a message as `streamMessage` does, and returns its last chunk. */
export async function sendMessage(deps: RunExchangeDeps, request: SendMessageRequest): Promise<SentMessage> {
  const begun = await beginExchange(deps, request);
  if ('replayed' in begun) return lastOf(begun.replayed);
  const settled = await runExchange(deps, begun, doNotWait);
  if (settled.sent === null) throw settled.error;
  return settled.sent;
}

/**
 * Sends a message to a model and yields the reply as it comes: prepares the request, reserves its credits, relays the
 * reply, then settles or releases the hold. The message is charged exactly once if the model replies, and not at all if it
 * fails.
 *
 * Without an idempotency key the model is read no faster than the chunks are, and a caller that stops reading counts as
 * disconnected, as one whose signal is aborted. With one the exchange runs on without its caller.
 *
 * @throws DomainError of `prepareMessage`; `not_found` if the account or conversation does not exist, or the exchange of a
 * repeated key was erased; `insufficient_credits`; `cap_reached`; `idempotency_in_progress`; `idempotency_key_reused`; the model's error;
 * `unavailable` if the process stops first. If the signal is aborted before any text has come, throws its reason.
 */
export async function* streamMessage(
  deps: RunExchangeDeps,
  request: SendMessageRequest,
): AsyncGenerator<MessageChunk, void> {
  const begun = await beginExchange(deps, request);
  if ('replayed' in begun) {
    yield* begun.replayed;
    return;
  }
  const { ending, running, runsOn } = begun;
  const pace = runsOn ? null : readersPace(ending.signal);
  const ended = runExchange(deps, begun, pace?.wait ?? doNotWait);
  // It may be rejected before it is awaited.
  ended.catch(doNothing);
  let isRead = false;
  try {
    for await (const chunk of running.follow()) {
      yield chunk;
      pace?.read();
    }
    isRead = true;
  } finally {
    if (!isRead && !runsOn) ending.abort();
    await ended;
  }
}

/** Makes a reply wait for its reader. */
interface Pace {
  /** Resolves when the chunk that was added last has been read, and as soon as the signal is aborted. */
  wait: () => Promise<void>;
  /** A chunk has been read, and the next one is asked for. */
  read: () => void;
}

function readersPace(signal: AbortSignal): Pace {
  let resume = doNothing;
  const read = () => {
    resume();
  };
  signal.addEventListener('abort', read, { once: true });
  return {
    wait: () =>
      new Promise((resolve) => {
        resume = resolve;
        if (signal.aborted) resolve();
      }),
    read,
  };
}

function lastOf(replayed: Iterable<MessageChunk>): SentMessage {
  for (const chunk of replayed) if (chunk.type === 'done') return chunk;
  throw new TypeError('A message must end with its `done` chunk.');
}

function doNotWait(): undefined {
  // The reply has no reader, or goes on without one.
}

function doNothing(): void {
  // Followers of the reply get its error, and a reply that has no reader waits for none.
}
