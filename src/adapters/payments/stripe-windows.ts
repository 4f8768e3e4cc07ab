/** Stripe keeps events for 30 days. */
const retentionSeconds = 30 * 24 * 60 * 60;
const windowSeconds = 24 * 60 * 60;

/** How much later than others an event may appear in the list. */
const overlapSeconds = 60 * 60;

/** What to list, by the time of creation in seconds, and the cursor after it, by the newest event that was listed. */
export interface EventWindow {
  created: { gte: number; lt?: number };
  next: (newest: number | null) => { cursor: string; hasMore: boolean };
}

/**
 * Returns what to list after a cursor: a day at a time, so that a page is bounded, up to the last two days. There the cursor
 * follows the events and not the clock of this machine, which may be wrong. A cursor of the future comes from a clock that was
 * wrong by days: everything is listed again.
 */
export function nextWindow(cursor: string | null, now: Date): EventWindow {
  const nowSeconds = Math.floor(now.getTime() / 1000);
  const oldest = nowSeconds - retentionSeconds;
  const isUsable = cursor !== null && Number(cursor) <= nowSeconds + overlapSeconds;
  const from = Math.max(oldest, isUsable ? Number(cursor) : oldest);
  const gte = from - overlapSeconds;
  if (from < nowSeconds - 2 * windowSeconds) {
    const end = from + windowSeconds;
    return { created: { gte, lt: end }, next: () => ({ cursor: String(end), hasMore: true }) };
  }
  return {
    created: { gte },
    next: (newest) => ({ cursor: String(Math.max(from, newest ?? from)), hasMore: false }),
  };
}
