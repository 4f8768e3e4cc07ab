import { hash, randomBytes, randomFillSync } from 'node:crypto';
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

const idsOfProcess = ascendingIds();

/** UUIDv7s, in ascending order within the process. */
export function uuidIds(): Ids {
  return idsOfProcess;
}

/**
 * Within a millisecond a counter goes on from a random start. The random bytes of 256 ids are drawn at once, which takes
 * 0.3 µs for an id instead of 2.3; each chat has three new ids.
 */
function ascendingIds(): Ids {
  const pool = new DataView(new ArrayBuffer(256 * 16));
  let position = pool.byteLength;
  let [msecs, seq] = [0, 0];
  return {
    next: () => {
      if (position === pool.byteLength) {
        randomFillSync(pool);
        position = 0;
      }
      const now = Date.now();
      // Half of the counter's range is left for the ids of the same millisecond.
      if (now > msecs) [msecs, seq] = [now, pool.getUint32(position) >>> 1];
      else seq += 1;
      const random = new Uint8Array(pool.buffer, position, 16);
      position += 16;
      return v7({ msecs, seq, random });
    },
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
