import type { Clock } from '../../ports/clock.js';
import type { ExchangeReference, HoldLedger } from '../../ports/hold-ledger.js';
import { DomainError } from '../errors.js';
import type { MessageChunk } from './message.js';

/** A reply that this process receives from a model. */
export interface RunningReply {
  /** Yields the reply from its beginning, as `stream` does, and ends or throws as it does. */
  follow: (signal?: AbortSignal) => AsyncGenerator<MessageChunk, void>;
  /** Ends the reply as if its caller had disconnected. */
  stop: () => void;
}

/** A reply while it is received. */
export interface ReceivedReply extends Pick<RunningReply, 'follow'> {
  add: (chunk: MessageChunk) => void;
  /** Ends the reply: with its last chunk added before, or with the error that its caller gets. */
  end: (error: unknown) => void;
}

/** The replies that this process receives. */
export interface RunningReplies {
  /** `stop` is called, at most once, with the reason to end the reply. */
  begin(exchange: ExchangeReference, stop: (reason: DomainError) => void): ReceivedReply;
  find(exchange: ExchangeReference): RunningReply | null;
}

/** How often this process asks whether another one was asked to stop a reply of this one. */
export const stopRequestsEveryMs = 1000;

/**
 * Keeps the replies that this process receives, so that they can be followed and stopped. Nothing is asked while there are none.
 *
 * Not in a map: its tables are replaced all the time, and an old one keeps the replies that were in progress then alive, with
 * all that they refer to, until the whole memory is collected. The places of an array are used again.
 */
export function runningReplies({
  clock,
  holdLedger,
}: {
  clock: Pick<Clock, 'every'>;
  holdLedger: Pick<HoldLedger, 'stopRequests'>;
}): RunningReplies {
  const places: (KeptReply | null)[] = [];
  let stopAsking: (() => void) | null = null;
  const find = (exchangeId: string) => places.find((reply) => reply?.exchangeId === exchangeId) ?? null;
  const ask = () => {
    const running = places.filter((reply) => reply !== null);
    const exchanges = running.map(({ userId, exchangeId }) => ({ userId, exchangeId }));
    holdLedger.stopRequests(exchanges).then(
      (exchangeIds) => {
        for (const id of exchangeIds) find(id)?.stop();
      },
      // Asked again in a second.
      () => undefined,
    );
  };
  return {
    begin({ userId, exchangeId }, stop) {
      const { add, end, follow } = receivedReply();
      let isStopped = false;
      const freePlace = places.indexOf(null);
      const place = freePlace === -1 ? places.length : freePlace;
      places[place] = {
        ...{ userId, exchangeId, follow },
        stop() {
          if (isStopped) return;
          isStopped = true;
          stop(new DomainError('reply_stopped', 'The reply was stopped before any of it came.'));
        },
      };
      stopAsking ??= clock.every(stopRequestsEveryMs, ask);
      return {
        ...{ add, follow },
        end(error) {
          places[place] = null;
          if (places.every((reply) => reply === null)) {
            stopAsking?.();
            stopAsking = null;
          }
          end(error);
        },
      };
    },
    find({ userId, exchangeId }) {
      const reply = find(exchangeId);
      return reply?.userId === userId ? reply : null;
    },
  };
}

type KeptReply = RunningReply & ExchangeReference;

function receivedReply(): ReceivedReply {
  const chunks: MessageChunk[] = [];
  let ended: { hasFailed: boolean; error: unknown } | null = null;
  let waiting: (() => void)[] = [];
  const wake = () => {
    if (waiting.length === 0) return;
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  };
  return {
    add(chunk) {
      chunks.push(chunk);
      wake();
    },
    end(error) {
      ended = { hasFailed: error !== null, error };
      wake();
    },
    async *follow(signal) {
      const isLeft = () => signal?.aborted === true;
      signal?.addEventListener('abort', wake, { once: true });
      try {
        for (let next = 0; !isLeft();) {
          const chunk = chunks[next];
          if (chunk !== undefined) {
            next += 1;
            yield chunk;
          } else if (ended === null) {
            await new Promise<void>((resolve) => {
              waiting.push(resolve);
            });
          } else if (ended.hasFailed) throw ended.error;
          else return;
        }
      } finally {
        signal?.removeEventListener('abort', wake);
      }
    },
  };
}
