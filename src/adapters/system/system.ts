import { hash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { Clock } from '../../ports/clock.js';
import type { Ids } from '../../ports/ids.js';
import type { Secrets } from '../../ports/secrets.js';

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

/** UUIDv7s, in ascending order within the process. */
export function uuidIds(): Ids {
  return {
    next: () => v7(),
    at: (time, sequence) => v7({ msecs: time.getTime(), seq: sequence }),
  };
}

/** Random secrets and SHA-256 digests of Node's crypto module. */
export function nodeSecrets(): Secrets {
  return {
    random: () => randomBytes(32).toString('base64url'),
    digest: (text) => hash('sha256', text),
  };
}
