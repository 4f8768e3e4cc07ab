import type { Database } from 'libsql';
import type { Page } from 'metered-chat';

/** Runs `work` in a transaction that takes the lock before it reads, so that a rule and its write are one. */
export function atOnce<Result>(database: Database, work: () => Result): Promise<Result> {
  return new Promise((resolve) => {
    database.exec('begin immediate');
    try {
      const result = work();
      database.exec('commit');
      resolve(result);
    } catch (error) {
      database.exec('rollback');
      throw error;
    }
  });
}

/** One page of `limit + 1` items that were read. */
export function pageOf<Item extends { id: string }>(items: Item[], limit: number): Page<Item> {
  const results = items.slice(0, limit);
  return { results, next: items.length > limit ? (results.at(-1)?.id ?? null) : null };
}
