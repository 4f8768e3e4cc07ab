import type { Log } from '../../../ports/log.js';
import type { RequestOutcome, OnResponse } from './request-hooks.js';

/**
 * Returns a function that writes one line for each request, without its query, headers and body. Health checks and scrapes of
 * metrics are logged at debug, unless they fail.
 */
export function requestLog(log: Log): OnResponse {
  return (outcome) => {
    const facts = { ...outcome, durationMs: Math.round(outcome.durationMs * 10) / 10 };
    if (isRoutine(outcome)) log.debug(facts, 'request');
    else log.info(facts, 'request');
  };
}

/** Health checks and scrapes of metrics. */
function isRoutine({ route, status }: RequestOutcome): boolean {
  return status < 400 && route !== null && /^\/(health\/|metrics\b)/.test(route);
}
