import { setTimeout as delay } from 'node:timers/promises';

const pollIntervalMs = 20;

/** Looks again and again until what is looked for is there, and answers it; rejects when it is not in time. */
export async function awaitUntil<Found>(
  what: string,
  timeoutMs: number,
  look: () => Promise<Found | null>,
): Promise<Found> {
  const endsAtMs = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > endsAtMs) throw new Error(`Not within ${timeoutMs} ms: ${what}.`);
    await delay(pollIntervalMs);
  }
}
