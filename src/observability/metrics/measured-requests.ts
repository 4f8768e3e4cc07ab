import type { Meters } from './meters.js';

interface Answered {
  route: string | null;
  method: string;
  status: number;
  durationMs: number;
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']);

/** Counts each request by the template of its path: whatever callers make up is one route, and one method. */
export function measuredRequests(
  meters: Pick<Meters, 'requests' | 'requestSeconds'>,
): (answered: Answered) => void {
  return (answered) => {
    const route = answered.route ?? 'unknown';
    const method = methods.has(answered.method) ? answered.method : 'other';
    meters.requests.inc({ route, method, status: answered.status });
    meters.requestSeconds.observe({ route, method }, answered.durationMs / 1000);
  };
}
