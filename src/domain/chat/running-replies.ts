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

/** Keeps the replies that this process receives, so that they can be followed and stopped. Nothing is asked while there are none. */
export function runningReplies({
  clock,
  holdLedger,
}: {
  clock: Pick<Clock, 'every'>;
  holdLedger: Pick<HoldLedger, 'stopRequests'>;
}): RunningReplies {
  const running = new Map<string, RunningReply & ExchangeReference>();
  let stopAsking: (() => void) | null = null;
  const ask = () => {
    const exchanges = [...running.values()].map(({ userId, exchangeId }) => ({ userId, exchangeId }));
    holdLedger.stopRequests(exchanges).then(
      (exchangeIds) => {
        for (const id of exchangeIds) running.get(id)?.stop();
      },
      // Asked again in a second.
      () => undefined,
    );
  };
  return {
    begin(exchange, stop) {
      const { add, end, follow } = receivedReply();
      let isStopped = false;
      running.set(exchange.exchangeId, {
        ...exchange,
        follow,
        stop() {
          if (isStopped) return;
          isStopped = true;
          stop(new DomainError('reply_stopped', 'The reply was stopped before any of it came.'));
        },
      });
      stopAsking ??= clock.every(stopRequestsEveryMs, ask);
      return {
        ...{ add, follow },
        end(error) {
          running.delete(exchange.exchangeId);
          if (running.size === 0) {
            stopAsking?.();
            stopAsking = null;
          }
          end(error);
        },
      };
    },
    find({ userId, exchangeId }) {
      const reply = running.get(exchangeId);
      return reply?.userId === userId ? reply : null;
    },
  };
}

function receivedReply(): ReceivedReply {
  const chunks: MessageChunk[] = [];
  let ended: { hasFailed: boolean; error: unknown } | null = null;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const resolve of waiting) resolve();
    waiting.clear();
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
              waiting.add(resolve);
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
