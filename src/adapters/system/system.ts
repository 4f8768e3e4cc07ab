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

/** UUIDv7s, in ascending order within the process. */
export function uuidIds(): Ids {
  return {
    next: nextId,
    at: (time, sequence) => v7({ msecs: time.getTime(), seq: sequence }),
  };
}

/** The bytes of many ids are drawn at once: those of one take six times as long as all else about it. */
const randomPool = new Uint8Array(4096);
const bytesPerId = 16;
let usedBytes = randomPool.length;
let latestMs = 0;
let latestSequence = 0;

function nextId(): string {
  if (usedBytes === randomPool.length) {
    randomFillSync(randomPool);
    usedBytes = 0;
  }
  const random = randomPool.subarray(usedBytes, (usedBytes += bytesPerId));
  const nowMs = Date.now();
  // A random number of 31 bits in each millisecond, so that 32 bits are enough for those that follow.
  if (nowMs > latestMs) latestSequence = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
  else latestSequence += 1;
  latestMs = Math.max(nowMs, latestMs);
  return v7({ msecs: latestMs, seq: latestSequence, random });
}

/** Random secrets and SHA-256 digests of Node's crypto module. */
export function nodeSecrets(): Secrets {
  return {
    random: () => randomBytes(32).toString('base64url'),
    digest: (text) => hash('sha256', text),
  };
}
