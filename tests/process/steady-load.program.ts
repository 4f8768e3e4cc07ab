import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { Offered, OfferedRequest, SteadyLoad } from './steady-load.js';

/** Longer than any answer may take: a login waits as long as the queue of passwords takes, on a busy machine too. */
const patienceMs = 100_000;

const agent = new Agent({ keepAlive: true });

/** Reads a load as JSON from standard input, offers it, and writes what came of it to standard output. */
const { url, perSecond, durationMs, requests } = (await json(process.stdin)) as SteadyLoad;
const responses: Promise<number | null>[] = [];
const latenciesMs: number[] = [];
const refusedMs: number[] = [];
const startedAt = performance.now();
for (let index = 0; index < (perSecond * durationMs) / 1000; index += 1) {
  const dueAt = startedAt + (index * 1000) / perSecond;
  while (performance.now() < dueAt) await delay(dueAt - performance.now());
  const due = requests[index % requests.length];
  if (due !== undefined) responses.push(post(due, dueAt));
}
const statuses = await Promise.all(responses);
process.stdout.write(JSON.stringify(offered()));
agent.destroy();

function post({ path, headers, body }: OfferedRequest, dueAt: number): Promise<number | null> {
  return new Promise((resolve) => {
    const asked = request(url + path, {
      method: 'POST',
      agent,
      timeout: patienceMs,
      headers: { 'Content-Type': 'application/json', ...headers },
    });
    asked.on('response', (response) => {
      response.resume();
      response.on('end', () => {
        const latencyMs = performance.now() - dueAt;
        latenciesMs.push(latencyMs);
        if (response.statusCode === 429 || response.statusCode === 503) refusedMs.push(latencyMs);
        resolve(response.statusCode ?? null);
      });
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('close', () => {
      resolve(null);
    });
    asked.on('error', () => undefined);
    asked.end(JSON.stringify(body));
  });
}

function offered(): Offered {
  const counts: Record<string, number> = {};
  for (const status of statuses) if (status !== null) counts[status] = (counts[status] ?? 0) + 1;
  const unanswered = statuses.filter((status) => status === null).length;
  return {
    statuses: counts,
    unanswered,
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    refusedP99Ms: quantile(refusedMs, 0.99),
  };
}

function quantile(valuesMs: readonly number[], share: number): number {
  const sorted = [...valuesMs].sort((left, right) => left - right);
  return Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
}
