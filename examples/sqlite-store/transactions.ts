import type { Database } from 'libsql';
import type { Page } from 'metered-chat';

/** Runs `work` in a transaction that takes the write lock before it reads, so that a check and its write are atomic. */
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

/** Returns a page from at most `limit + 1` items. */
export function pageOf<Item extends { id: string }>(items: Item[], limit: number): Page<Item> {
  const results = items.slice(0, limit);
  return { results, next: items.length > limit ? (results.at(-1)?.id ?? null) : null };
}
