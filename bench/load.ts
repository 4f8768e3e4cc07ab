import autocannon from 'autocannon';

/** The result of a load. */
export interface LoadResult {
  perSecond: number;
  /** Responses of 2xx. */
  completed: number;
  /** How long each of them took, in milliseconds, in ascending order. */
  timesMs: number[];
  /** Responses of 503: the server rejects more work than it can queue. */
  busy: number;
  /** Responses other than 2xx and 503, and failed connections. */
  failures: number;
}

export interface Load {
  url: string;
  path: string;
  connections: number;
  durationSeconds: number;
  /** The request that a connection repeats. */
  requestOf: (connection: number) => { headers: Record<string, string>; body?: string };
}

/** Sends requests over all connections at once. Each connection sends its next request after the response to the last. */
export async function runLoad(load: Load): Promise<LoadResult> {
  let next = 0;
  const timesMs: number[] = [];
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
      client.on('response', (status, _bytes, timeMs) => {
        if (status < 300) timesMs.push(timeMs);
      });
    },
  });
  const busy = result.statusCodeStats?.['503']?.count ?? 0;
  return {
    perSecond: result['2xx'] / result.duration,
    completed: result['2xx'],
    timesMs: timesMs.sort((left, right) => left - right),
    busy,
    failures: result.non2xx + result.errors - busy,
  };
}
