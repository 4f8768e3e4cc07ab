import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoadResult, LoadRequest, ConstantLoad } from './steady-load.js';

/** Longer than any response may take, also for a login that waits in the queue on a busy machine. */
const timeoutMs = 100_000;

const agent = new Agent({ keepAlive: true });

/** Reads a load as JSON from standard input, sends it, and writes the result to standard output. */
const { url, perSecond, durationMs, requests } = (await json(process.stdin)) as ConstantLoad;
const responses: Promise<number | null>[] = [];
const latenciesMs: number[] = [];
const rejectedMs: number[] = [];
const startedAt = performance.now();
for (let index = 0; index < (perSecond * durationMs) / 1000; index += 1) {
  const dueAt = startedAt + (index * 1000) / perSecond;
  while (performance.now() < dueAt) await delay(dueAt - performance.now());
  const due = requests[index % requests.length];
  if (due !== undefined) responses.push(post(due, dueAt));
}
const statuses = await Promise.all(responses);
process.stdout.write(JSON.stringify(loadResult()));
agent.destroy();

function post({ path, headers, body }: LoadRequest, dueAt: number): Promise<number | null> {
  return new Promise((resolve) => {
    const outgoing = request(url + path, {
      method: 'POST',
      agent,
      timeout: timeoutMs,
      headers: { 'Content-Type': 'application/json', ...headers },
    });
    outgoing.on('response', (response) => {
      response.resume();
      response.on('end', () => {
        const latencyMs = performance.now() - dueAt;
        latenciesMs.push(latencyMs);
        if (response.statusCode === 429 || response.statusCode === 503) rejectedMs.push(latencyMs);
        resolve(response.statusCode ?? null);
      });
    });
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('close', () => {
      resolve(null);
    });
    outgoing.on('error', () => undefined);
    outgoing.end(JSON.stringify(body));
  });
}

function loadResult(): LoadResult {
  const counts: Record<string, number> = {};
  for (const status of statuses) if (status !== null) counts[status] = (counts[status] ?? 0) + 1;
  const failedCount = statuses.filter((status) => status === null).length;
  return {
    statuses: counts,
    failedCount,
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    rejectedP99Ms: quantile(rejectedMs, 0.99),
  };
}

function quantile(valuesMs: readonly number[], share: number): number {
  const sorted = [...valuesMs].sort((left, right) => left - right);
  return Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
}
