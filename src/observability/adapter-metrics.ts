import type { OnResponse } from '../adapters/http/kit/request-hooks.js';
import { isDomainError } from '../domain/errors.js';
import type { AiModel } from '../ports/ai-model.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
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
    async *reply(request) {
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
      request.signal.addEventListener('abort', stop, { once: true });
      try {
        for await (const chunk of model.reply(request)) {
          if (chunk.type !== 'alive' && chunk.type !== 'usage')
            firstChunkMs ??= performance.now() - startedAt;
          if (chunk.type === 'finish') record('completed');
          yield chunk;
        }
        record('failed');
      } catch (error) {
        record(isDomainError(error) && error.code === 'provider_timeout' ? 'timed_out' : 'failed');
        throw error;
      } finally {
        record('stopped');
      }
    },
  };
}

interface QueryRunner {
  query<Row>(statement: { name?: string; text: string }): Promise<Row[]>;
}

/** Times statements and counts failures, by the name of the statement; those without a name count as `other`. */
export function withDatabaseMetrics<Database extends QueryRunner>(
  database: Database,
  metrics: Pick<Metrics, 'statementSeconds' | 'statementFailures'>,
): Database {
  return {
    ...database,
    async query<Row>(given: Parameters<Database['query']>[0]): Promise<Row[]> {
      const statement = given.name ?? 'other';
      const startedAt = performance.now();
      try {
        return await database.query<Row>(given);
      } catch (error) {
        metrics.statementFailures.inc({ statement });
        throw error;
      } finally {
        metrics.statementSeconds.observe({ statement }, (performance.now() - startedAt) / 1000);
      }
    },
  };
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']);

/** Counts and times requests by route. Unknown paths share one label, unknown methods another, so that labels stay few. */
export function countRequests(metrics: Pick<Metrics, 'requests' | 'requestSeconds'>): OnResponse {
  return ({ route, method, status, durationMs }) => {
    const labels = { route: route ?? 'unknown', method: methods.has(method) ? method : 'other' };
    metrics.requests.inc({ ...labels, status });
    metrics.requestSeconds.observe(labels, durationMs / 1000);
  };
}

/** Counts the passwords that are rejected because too many wait. */
export function withPasswordHasherMetrics(
  hasher: PasswordHasher,
  { hashesRejected }: Pick<Metrics, 'hashesRejected'>,
): PasswordHasher {
  const count = (error: unknown) => {
    if (isDomainError(error) && error.code === 'unavailable') hashesRejected.inc();
    return error;
  };
  const counted = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      throw count(error);
    }
  };
  return {
    ...hasher,
    hash: (password, network) => counted(hasher.hash(password, network)),
    verify: (password, encoded, network) => counted(hasher.verify(password, encoded, network)),
    throwIfBusy(network) {
      try {
        hasher.throwIfBusy(network);
      } catch (error) {
        throw count(error);
      }
    },
  };
}
