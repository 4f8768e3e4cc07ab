import autocannon from 'autocannon';

/** What came of requests offered at a steady rate. */
export interface Offered {
  /** How often each status was answered. */
  statuses: Record<string, number>;
  /** How many were not answered at all. */
  unanswered: number;
  /** From the moment that each was due. */
  p50Ms: number;
  p99Ms: number;
}

export interface OfferedRequest {
  path: string;
  headers?: Record<string, string>;
  body: unknown;
}

/** Posts these requests over and over, so many a second, whether or not those before are answered soon. */
export async function offer(
  url: string,
  load: { perSecond: number; durationMs: number; requests: OfferedRequest[] },
): Promise<Offered> {
  const result = await autocannon({
    url,
    connections: load.perSecond / 2,
    overallRate: load.perSecond,
    duration: load.durationMs / 1000,
    requests: load.requests.map(({ path, headers, body }) => ({
      method: 'POST',
      path,
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })),
  });
  const statuses = Object.entries(result.statusCodeStats ?? {}).map(([status, { count }]) => [status, count]);
  return {
    statuses: Object.fromEntries(statuses) as Record<string, number>,
    unanswered: result.errors + result.timeouts,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
  };
}
