import type { Log } from '../../ports/log.js';
import type { AroundRequest } from './around-request.js';

/** One line a request: what was asked (never its query, headers or body), by whom, the answer's status, and how long it took. */
export function requestLog(log: Log): AroundRequest {
  return async (_, work) => {
    const answered = await work();
    const durationMs = Math.round(answered.durationMs * 10) / 10;
    log.info({ ...answered, durationMs }, 'request');
    return answered;
  };
}
