import autocannon from 'autocannon';

/** What a load came to. */
export interface LoadResult {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Answers of 503: what is more than the server takes on at once. */
  busy: number;
  /** Answers other than 2xx and 503, and connections that failed. */
  failures: number;
}

export interface Load {
  url: string;
  path: string;
  connections: number;
  durationSeconds: number;
  /** The request of each connection. */
  requestOf: (connection: number) => { headers: Record<string, string>; body?: string };
}

/** Sends requests over so many connections at once, each connection its next one when the last is answered. */
export async function runLoad(load: Load): Promise<LoadResult> {
  let next = 0;
  const result = await autocannon({
    url: load.url + load.path,
    method: load.requestOf(0).body === undefined ? 'GET' : 'POST',
    connections: load.connections,
    duration: load.durationSeconds,
    setupClient: (client) => {
      const { headers, body } = load.requestOf(next);
      next += 1;
      client.setHeaders({ 'content-type': 'application/json', ...headers });
      if (body !== undefined) client.setBody(body);
    },
  });
  const busy = result.statusCodeStats?.['503']?.count ?? 0;
  return {
    perSecond: result['2xx'] / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    busy,
    failures: result.non2xx + result.errors - busy,
  };
}
