import type { Log } from '../../ports/log.js';
import type { WhenAnswered } from './around-request.js';

/** One line a request: what was asked (never its query, headers or body), by whom, the answer's status, and how long it took. */
export function requestLog(log: Log): WhenAnswered {
  return (answered) => {
    log.info({ ...answered, durationMs: Math.round(answered.durationMs * 10) / 10 }, 'request');
  };
}
