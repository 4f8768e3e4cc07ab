import type { Clock } from '../../ports/clock.js';

/** The system clock and Node's timers. */
export function systemClock(): Clock {
  return {
    now: () => new Date(),
    every(intervalMs, run) {
      const timer = setInterval(run, intervalMs);
      timer.unref();
      return () => {
        clearInterval(timer);
      };
    },
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      timer.unref();
      return () => {
        clearTimeout(timer);
      };
    },
  };
}
