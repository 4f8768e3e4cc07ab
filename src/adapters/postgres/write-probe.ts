import type { Queryable } from './database.js';

const probe = 'select 1 from probe_write()';
/** How long a result is cached. */
const successCachedMs = 5000;
const failureCachedMs = 1000;

/**
 * Returns a function that resolves if the database accepts writes, and rejects if it does not, for example because its
 * disk is full. It writes at most once every 5 seconds, or every second after a failure.
 *
 * @param database - The database, with a function that resolves when it responds.
 * @param now - A monotonic clock, in milliseconds.
 */
export function writeProbe(
  database: Queryable & { ping(): Promise<void> },
  now: () => number = () => performance.now(),
): () => Promise<void> {
  let last: { validUntil: number; result: Promise<void> } | null = null;
  return async () => {
    if (last === null || now() >= last.validUntil) {
      const attempt = { validUntil: now() + successCachedMs, result: write(database) };
      last = attempt;
      attempt.result.catch(() => {
        attempt.validUntil = now() + failureCachedMs;
      });
      await attempt.result;
      return;
    }
    await Promise.all([database.ping(), last.result]);
  };
}

async function write(database: Queryable): Promise<void> {
  await database.query({ text: probe });
}
