import { setTimeout as delay } from 'node:timers/promises';

const pollIntervalMs = 20;

/**
 * Calls a function until it returns a value, and returns that value. Rejects after `timeoutMs`, but not before the number of
 * calls that fit into that time on an idle machine: on a busy machine it waits longer.
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
