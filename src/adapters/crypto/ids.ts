import { v7 } from 'uuid';
import type { Ids } from '../../ports/ids.js';

/** UUIDv7s, in ascending order within the process. */
export function uuidIds(): Ids {
  return {
    next: () => v7(),
    at: (time, sequence) => v7({ msecs: time.getTime(), seq: sequence }),
  };
}
