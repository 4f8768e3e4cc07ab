import type { Core } from '../../domain/core.js';
import { isDomainError } from '../../domain/errors.js';
import type { Metrics } from './metrics.js';

/** Errors of chats that had reserved credits: the ledger's metrics count those. */
const countedByLedger = new Set(['provider_failed', 'provider_timeout', 'unavailable']);

/** Counts the chats that reserve no credits: the rejected ones by error code, and the replayed ones. */
export function withCoreMetrics(core: Core, { chats }: Pick<Metrics, 'chats'>): Core {
  const names = core.chat.models().map(({ name }) => name);
  /** Unknown models share one label, so that labels stay few. */
  const labelOf = (requested: string | null | undefined) => {
    const name = requested ?? names[0];
    return name !== undefined && names.includes(name) ? name : 'unknown';
  };
  const countError = (model: string, error: unknown) => {
    if (isDomainError(error) && !countedByLedger.has(error.code))
      chats.inc({ model, outcome: 'refused', code: error.code });
  };
  const countReplay = (model: string, replayed: boolean) => {
    if (replayed) chats.inc({ model, outcome: 'replayed', code: 'none' });
  };
  const counted = async <Result>(model: string, work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      countError(model, error);
      throw error;
    }
  };

  return {
    ...core,
    limits: {
      ...core.limits,
      chat: (userId) => counted('unknown', core.limits.chat(userId)),
    },
    chat: {
      ...core.chat,
      async send(input) {
        const model = labelOf(input.model);
        const sent = await counted(model, core.chat.send(input));
        countReplay(model, sent.replayed);
        return sent;
      },
      async *stream(input) {
        const model = labelOf(input.model);
        let hasStarted = false;
        try {
          for await (const chunk of core.chat.stream(input)) {
            if (chunk.type === 'started') countReplay(model, chunk.replayed);
            hasStarted = true;
            yield chunk;
          }
        } catch (error) {
          if (!hasStarted) countError(model, error);
          throw error;
        }
      },
    },
  };
}
