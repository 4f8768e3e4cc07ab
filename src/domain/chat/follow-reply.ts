import type { Clock } from '../../ports/clock.js';
import type { HoldLedger } from '../../ports/hold-ledger.js';
import { DomainError, errorKinds, notFound, type ErrorCode } from '../errors.js';
import { normalizeIds } from '../text.js';
import { requireReader, type AccountRequest } from './access.js';
import type { Exchange } from './exchange.js';
import type { MessageChunk } from './message.js';
import { joinSignals } from './model-call/deadlines.js';
import { sentParts } from './exchange-hold.js';
import { chunksOf } from './replay-exchange.js';
import type { RunningReplies } from './running-replies.js';

export interface FollowReplyDeps {
  holdLedger: Pick<HoldLedger, 'exchange'>;
  clock: Pick<Clock, 'after'>;
  runningReplies: Pick<RunningReplies, 'find'>;
}

/** One message of an account and its reply. */
export interface ExchangeRequest extends AccountRequest {
  exchangeId: string;
}

/** Whose reply is followed, and until when. */
export interface FollowRequest extends ExchangeRequest {
  /** Aborted when the follower leaves. */
  signal?: AbortSignal;
  /** Aborted when the process stops: followers of other processes' replies then end. */
  stopping?: AbortSignal;
}

/** How often a reply of another process is looked for. */
export const followEveryMs = 500;

/**
 * Yields a reply from its beginning, and goes on with it while it comes: as `stream` does if this process receives it, else
 * as one text once it is stored. The exchange does not depend on who follows it.
 *
 * @throws DomainError `not_found` if the account has no such exchange, the caller may not read it, or it was erased; the
 * error of the reply if it fails; `unavailable` if the process stops while it waits for another one.
 */
export async function* followReply(
  deps: FollowReplyDeps,
  request: FollowRequest,
): AsyncGenerator<MessageChunk, void> {
  const { caller, signal, stopping } = request;
  const { userId, exchangeId } = normalizeIds({ userId: request.userId, exchangeId: request.exchangeId });
  requireReader({ caller, userId });
  const leaving = joinSignals([signal, stopping]);
  try {
    for (;;) {
      const running = deps.runningReplies.find({ userId, exchangeId });
      if (running !== null) {
        yield* running.follow(signal);
        return;
      }
      const exchange = await deps.holdLedger.exchange({ userId, exchangeId });
      if (exchange === null || exchange.isErased) throw notFound('chat');
      if (exchange.status !== 'pending') {
        yield* endedReply(exchange);
        return;
      }
      if (signal?.aborted === true) return;
      if (stopping?.aborted === true) {
        throw new DomainError('unavailable', 'The server stopped before the reply was complete.', {
          retryAfterSeconds: 1,
        });
      }
      await pause(deps.clock, leaving.signal);
    }
  } finally {
    leaving.detach();
  }
}

function* endedReply(exchange: Exchange): Generator<MessageChunk, void> {
  const {
    id: exchangeId,
    conversationId,
    createdAt,
    toolCalls,
    finishReason,
    stopSequence,
    usage,
  } = exchange;
  const reply = exchange.reply ?? '';
  const parts = sentParts({ ...exchange, reply });
  const balance = exchange.balanceAfter;
  yield { type: 'started', exchangeId, conversationId, createdAt, replayed: true, balance };
  for (const part of parts) yield* chunksOf(part);
  if (exchange.status === 'failed') throw failureOf(exchange);
  if (exchange.reply === null) {
    throw new DomainError('reply_stopped', 'The reply was stopped before any of it came.');
  }
  yield {
    type: 'done',
    ...{ exchangeId, conversationId, createdAt, reply, parts, toolCalls, finishReason, usage },
    stopSequence,
    model: exchange.repliedBy ?? exchange.model,
    charged: exchange.captured ?? 0,
    balance: balance ?? 0,
    replayed: true,
  };
}

/** The reason is stored as a code; a process that was killed stores none. */
function failureOf({ failure }: Exchange): DomainError {
  const code = failure !== null && failure in errorKinds ? (failure as ErrorCode) : 'provider_failed';
  return new DomainError(code, 'The reply failed before it was complete.');
}

function pause(clock: Pick<Clock, 'after'>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clear();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const clear = clock.after(followEveryMs, end);
    signal.addEventListener('abort', end, { once: true });
  });
}
