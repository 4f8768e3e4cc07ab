import type { Queryable } from './database.js';

const probe = 'select 1 from probe_write()';
/** A server that is asked more often repeats what it found. */
const successCachedMs = 5000;
const failureCachedMs = 1000;

/**
 * Returns a function that resolves if the database takes writes, and rejects if it does not: its disk is full, or it is
 * read-only. It writes at most once every five seconds, or every second while that fails.
 *
 * @param database - The database, with a function that resolves when it responds.
 * @param now - Milliseconds of a clock that never goes back.
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
