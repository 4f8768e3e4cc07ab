import type { Clock } from '../../../src/ports/clock.js';

/** A clock that a test moves by hand. `waiting` returns how many timers are pending. */
export function manualClock(): Clock & { advance(byMs: number): Promise<void>; waiting(): number } {
  let nowMs = 0;
  const timers = new Set<{ dueMs: number; run: () => void }>();
  const start = (timer: { dueMs: number; run: () => void }) => {
    timers.add(timer);
    return () => {
      timers.delete(timer);
    };
  };
  return {
    now: () => new Date(nowMs),
    every(intervalMs, run) {
      const timer = {
        dueMs: nowMs + intervalMs,
        run: () => {
          timer.dueMs += intervalMs;
          timers.add(timer);
          run();
        },
      };
      return start(timer);
    },
    after: (delayMs, run) => start({ dueMs: nowMs + delayMs, run }),
    /** Runs the timers that are due, in order, and waits for what they resolve. */
    async advance(byMs) {
      const untilMs = nowMs + byMs;
      await settled();
      for (;;) {
        const due = [...timers].filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
        if (due === undefined) break;
        nowMs = due.dueMs;
        timers.delete(due);
        due.run();
        await settled();
      }
      nowMs = untilMs;
    },
    waiting: () => timers.size,
  };
}

/** Waits until everything that does not depend on a timer has happened. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
