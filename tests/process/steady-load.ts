import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** What is offered. */
export interface SteadyLoad {
  url: string;
  /** One every so often, whether or not those before are answered. */
  perSecond: number;
  durationMs: number;
  /** Posted in turn, over and over. */
  requests: OfferedRequest[];
}

export interface OfferedRequest {
  path: string;
  headers?: Record<string, string>;
  body: unknown;
}

/** What came of requests offered at a steady rate. */
export interface Offered {
  /** How often each status was answered. */
  statuses: Record<string, number>;
  /** How many were not answered at all. */
  unanswered: number;
  /** Until the end of the answer, from the moment that each was due. */
  p50Ms: number;
  p99Ms: number;
  /** The same of the answers 429 and 503 alone; 0 without any. */
  refusedP99Ms: number;
}

const program = fileURLToPath(new URL('steady-load.program.ts', import.meta.url));

/** Offers it from a process of its own, so that two loads do not wait for each other where they are made. */
export async function offer(load: SteadyLoad): Promise<Offered> {
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(load));
  return JSON.parse(await text(child.stdout)) as Offered;
}
