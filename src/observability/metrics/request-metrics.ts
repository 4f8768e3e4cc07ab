import type { OnResponse } from '../../adapters/http/kit/request-hooks.js';
import type { Metrics } from './metrics.js';

const methods = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']);

/** Counts and times requests by route. Unknown paths share one label, unknown methods another, so that labels stay few. */
export function countRequests(metrics: Pick<Metrics, 'requests' | 'requestSeconds'>): OnResponse {
  return ({ route, method, status, durationMs }) => {
    const labels = { route: route ?? 'unknown', method: methods.has(method) ? method : 'other' };
    metrics.requests.inc({ ...labels, status });
    metrics.requestSeconds.observe(labels, durationMs / 1000);
  };
}
