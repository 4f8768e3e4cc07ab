import type { Clock } from '../../../src/ports/clock.js';

/** A clock that a test moves by hand, and that knows what still waits for it. */
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
    /** Runs what falls due on the way, in order, and lets what hangs on it happen. */
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

/** Whatever was about to happen without any timer has happened. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
