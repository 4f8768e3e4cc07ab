import type { Log } from '../../../ports/log.js';
import type { RequestOutcome, OnResponse } from './request-hooks.js';

/**
 * One line a request: what was asked (never its query, headers or body), by whom, the answer's status, and how long it took.
 * At debug for what machines ask every few seconds, unless it failed.
 */
export function requestLog(log: Log): OnResponse {
  return (answered) => {
    const facts = { ...answered, durationMs: Math.round(answered.durationMs * 10) / 10 };
    if (isRoutine(answered)) log.debug(facts, 'request');
    else log.info(facts, 'request');
  };
}

/** Health checks and scrapes of metrics. */
function isRoutine({ route, status }: RequestOutcome): boolean {
  return status < 400 && route !== null && /^\/(health\/|metrics\b)/.test(route);
}
