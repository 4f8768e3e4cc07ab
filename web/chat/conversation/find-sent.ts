import { api } from '../api/api.js';
import type { Exchange } from '../api/contract.js';

const toleranceMs = 5000;
const pausesMs = [100, 200, 400, 800, 1500, 3000, 3000, 3000, 5000, 5000];

/** A message whose answer this page did not see to its end. */
export interface SentBefore {
  message: string;
  /** By the page's own clock. */
  sentAtMs: number;
  isKnown: (exchangeId: string) => boolean;
}

/**
 * What the server has on record of a message: it knows whether it came, what was charged and what was answered. Waits
 * until the exchange has ended; null when it never came. Rejects with a `Problem`.
 */
export async function findSent(sent: SentBefore): Promise<Exchange | null> {
  for (const pauseMs of pausesMs) {
    const found = await findNow(sent);
    if (found?.status !== 'pending') return found;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return findNow(sent);
}

/** The same as the record is now, which may be that it is under way. Rejects with a `Problem`. */
export async function findNow({ message, sentAtMs, isKnown }: SentBefore): Promise<Exchange | null> {
  const { results, readAtMs } = await api.latestExchanges();
  const oldestMs = readAtMs - (performance.now() - sentAtMs) - toleranceMs;
  const isIt = (exchange: Exchange) =>
    exchange.message === message && !isKnown(exchange.id) && Date.parse(exchange.created_at) >= oldestMs;
  return results.find(isIt) ?? null;
}
