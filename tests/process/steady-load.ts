import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Requests at a constant rate. */
export interface ConstantLoad {
  url: string;
  /** The number of requests in a second, whether or not the earlier ones have a response. */
  perSecond: number;
  durationMs: number;
  /** Sent in turn, repeatedly. */
  requests: LoadRequest[];
}

export interface LoadRequest {
  path: string;
  headers?: Record<string, string>;
  body: unknown;
}

/** The responses to requests at a constant rate. */
export interface LoadResult {
  /** The number of responses by status. */
  statuses: Record<string, number>;
  /** The number of requests without a response. */
  failedCount: number;
  /** From the time at which a request was due to the end of its response. */
  p50Ms: number;
  p99Ms: number;
  /** The same for the responses 429 and 503; 0 if there are none. */
  rejectedP99Ms: number;
}

const program = fileURLToPath(new URL('steady-load.program.ts', import.meta.url));

/** Sends the requests from a separate process, so that two loads do not slow down each other. */
export async function sendAtRate(load: ConstantLoad): Promise<LoadResult> {
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(load));
  return JSON.parse(await text(child.stdout)) as LoadResult;
}
