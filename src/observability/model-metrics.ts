import { isDomainError } from '../domain/errors.js';
import type { AiModel, ReplyChunk } from '../ports/ai-model.js';
import type { Metrics } from './metrics.js';

/**
 * How a reply ended: `completed`; `timed_out` or `failed` if the model threw, `failed` also if the reply has no finish;
 * `stopped` if the client disconnected or a deadline of the domain passed.
 */
type Outcome = 'completed' | 'failed' | 'timed_out' | 'stopped';

/** Returns the model with a measurement of each reply: the time to its first chunk, and to its end. */
export function withModelMetrics(
  model: AiModel,
  name: string,
  metrics: Pick<Metrics, 'firstChunkSeconds' | 'replySeconds'>,
): AiModel {
  return {
    unsupported: model.unsupported,
    ...(model.limits === undefined ? {} : { limits: model.limits }),
    reply: (request) => ({
      [Symbol.asyncIterator]: () => measured(model.reply(request), request.signal, { name, metrics }),
    }),
  };
}

/** Not a generator, which for a short reply takes four times the memory. */
function measured(
  reply: AsyncIterable<ReplyChunk>,
  signal: AbortSignal,
  { name, metrics }: { name: string; metrics: Pick<Metrics, 'firstChunkSeconds' | 'replySeconds'> },
): AsyncIterator<ReplyChunk> {
  const chunks = reply[Symbol.asyncIterator]();
  const startedAt = performance.now();
  let firstChunkMs: number | null = null;
  let isRecorded = false;
  const record = (outcome: Outcome) => {
    if (isRecorded) return;
    isRecorded = true;
    const labels = { model: name, outcome };
    if (firstChunkMs !== null) metrics.firstChunkSeconds.observe(labels, firstChunkMs / 1000);
    metrics.replySeconds.observe(labels, (performance.now() - startedAt) / 1000);
  };
  const stop = () => {
    record('stopped');
  };
  // A model that ignores its signal may never return.
  signal.addEventListener('abort', stop, { once: true });
  return {
    async next() {
      try {
        const next = await chunks.next();
        if (next.done === true) record('failed');
        else if (next.value.type !== 'alive' && next.value.type !== 'usage') {
          firstChunkMs ??= performance.now() - startedAt;
          if (next.value.type === 'finish') record('completed');
        }
        return next;
      } catch (error) {
        record(isDomainError(error) && error.code === 'provider_timeout' ? 'timed_out' : 'failed');
        throw error;
      }
    },
    async return() {
      record('stopped');
      await chunks.return?.();
      return { done: true, value: undefined };
    },
  };
}
