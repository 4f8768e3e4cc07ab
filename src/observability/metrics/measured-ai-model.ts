import { isDomainError } from '../../domain/errors.js';
import type { AiModel, ReplyChunk, ReplyRequest } from '../../ports/ai-model.js';
import type { Meters } from './meters.js';

/**
 * How a reply ended: `completed`; `timed_out` or `failed` as the provider said, `failed` too when it merely ended; or
 * `stopped`, since a deadline of ours was past or nobody waited for it any more.
 */
type Outcome = 'completed' | 'failed' | 'timed_out' | 'stopped';

/** A model, timed: how long its first piece takes, and the whole reply. */
export function measuredAiModel(
  model: AiModel,
  name: string,
  meters: Pick<Meters, 'firstChunkSeconds' | 'replySeconds'>,
): AiModel {
  return {
    unsupported: model.unsupported,
    ...(model.limits === undefined ? {} : { limits: model.limits }),
    reply: (request) =>
      timed(model.reply(request), request, (outcome, firstChunkMs, replyMs) => {
        const labels = { model: name, outcome };
        if (firstChunkMs !== null) meters.firstChunkSeconds.observe(labels, firstChunkMs / 1000);
        meters.replySeconds.observe(labels, replyMs / 1000);
      }),
  };
}

type Ended = (outcome: Outcome, firstChunkMs: number | null, replyMs: number) => void;

/** Passes on what comes, by hand: another generator would cost each piece several turns. */
function timed(
  reply: AsyncIterable<ReplyChunk>,
  request: ReplyRequest,
  ended: Ended,
): AsyncIterable<ReplyChunk> {
  return {
    [Symbol.asyncIterator]() {
      const startedAt = performance.now();
      const chunks = reply[Symbol.asyncIterator]();
      let firstChunkMs: number | null = null;
      let isOver = false;
      const end = (outcome: Outcome) => {
        if (isOver) return;
        isOver = true;
        ended(outcome, firstChunkMs, performance.now() - startedAt);
      };
      const see = (next: IteratorResult<ReplyChunk>) => {
        if (next.done === true) end('failed');
        else {
          const isOfReply = next.value.type !== 'alive' && next.value.type !== 'usage';
          if (isOfReply) firstChunkMs ??= performance.now() - startedAt;
          if (next.value.type === 'finish') end('completed');
        }
        return next;
      };
      const fail = (error: unknown): never => {
        end(outcomeOf(error, request));
        throw error;
      };
      return {
        next: () => chunks.next().then(see, fail),
        return: async () => {
          end('stopped');
          await chunks.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

/** The signal is looked at only now, since it is made for who looks. */
function outcomeOf(error: unknown, request: ReplyRequest): Outcome {
  if (request.signal.aborted) return 'stopped';
  return isDomainError(error) && error.code === 'provider_timeout' ? 'timed_out' : 'failed';
}
