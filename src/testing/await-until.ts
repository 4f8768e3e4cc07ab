import { setTimeout as delay } from 'node:timers/promises';

const pollIntervalMs = 20;

/**
 * Looks again and again until what is looked for is there, and returns it. Rejects when it is not there in time: after
 * `timeoutMs`, and after as many looks as fit into that time, so that a process that a busy machine keeps from running
 * has as many as any other.
 */
export async function awaitUntil<Found>(
  what: string,
  timeoutMs: number,
  look: () => Promise<Found | null>,
): Promise<Found> {
  const endsAtMs = Date.now() + timeoutMs;
  for (let waitedMs = 0; ; waitedMs += pollIntervalMs) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > endsAtMs && waitedMs >= timeoutMs)
      throw new Error(`Not within ${timeoutMs} ms: ${what}.`);
    await delay(pollIntervalMs);
  }
}
