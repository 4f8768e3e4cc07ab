import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import type { Ids } from '../../ports/ids.js';

/** One id takes so many random bytes; asking for those of many at once costs hardly more than for those of one. */
const randomBytes = 16;
const idsAtOnce = 256;
const maxSequence = 2 ** 31 - 1;

const pool = new Uint8Array(randomBytes * idsAtOnce);
let used = pool.length;
// Of this process, not of one `uuidIds`, so that the ids of several rise together.
let lastMs = -Infinity;
let sequence = 0;

/** UUIDv7s, rising within the process. */
export function uuidIds(): Ids {
  return {
    next: () => {
      const random = nextRandom();
      const nowMs = Date.now();
      if (nowMs > lastMs || sequence === maxSequence) {
        lastMs = Math.max(nowMs, lastMs + 1);
        // The first of a moment leaves room for as many again.
        sequence = new DataView(random.buffer, random.byteOffset).getUint32(6) >>> 2;
      } else {
        sequence += 1;
      }
      return v7({ random, msecs: lastMs, seq: sequence });
    },
    at: (time, sequence) => v7({ random: nextRandom(), msecs: time.getTime(), seq: sequence }),
  };
}

function nextRandom(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += randomBytes;
  return pool.subarray(used - randomBytes, used);
}
