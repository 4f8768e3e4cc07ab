import { setTimeout as delay } from 'node:timers/promises';
import { SetupError } from '../../domain/setup-error.js';
import { complete, type CompletionOutcome, type Prompt } from './completion.js';
import type { CompleteAdapter, Gateway, GatewayAccount } from './gateway.js';

/** What all cases work with. */
export interface Bench {
  adapter: CompleteAdapter;
  gateway: Gateway;
  /** The servers of the installation, at least one. */
  urls: readonly string[];
  model: string;
  /** Returns a number from 0 to `below` (exclusive). */
  random: (below: number) => number;
}

/** One request of a case. */
export interface PlannedRequest {
  prompt: Prompt;
  /** Indexes of the account's keys and of the servers. */
  key?: number;
  server?: number;
  startsAfterMs?: number;
  leavesAfterMs?: number;
}

/** How long the test waits until the gateway has recorded everything. */
const recordingTimeoutMs = 60_000;

/** Sends all requests with the credentials of an account. */
export async function sendAll(
  bench: Bench,
  account: GatewayAccount,
  requests: readonly PlannedRequest[],
): Promise<CompletionOutcome[]> {
  return Promise.all(
    requests.map(async ({ prompt, key = 0, server = 0, startsAfterMs = 0, leavesAfterMs = null }) => {
      if (startsAfterMs > 0) await delay(startsAfterMs);
      const headers = account.keys[key];
      const url = bench.urls[server];
      if (headers === undefined || url === undefined) throw new TypeError('There is no such key or server.');
      const request = { url, headers, model: bench.model, prompt, leavesAfterMs };
      return complete(request, bench.adapter.refusalStatuses);
    }),
  );
}

/** Returns what an account has spent, once the gateway has recorded it: when it stays the same for `recordingMs`. */
export async function readRecorded({ adapter }: Bench, account: GatewayAccount): Promise<number> {
  const endsAtMs = performance.now() + recordingTimeoutMs;
  let spent = await account.readSpent();
  for (;;) {
    await delay(adapter.recordingMs);
    const now = await account.readSpent();
    if (now === spent) return spent;
    if (performance.now() > endsAtMs) {
      throw new SetupError(`What was spent still changes after ${recordingTimeoutMs / 1000} seconds.`);
    }
    spent = now;
  }
}
