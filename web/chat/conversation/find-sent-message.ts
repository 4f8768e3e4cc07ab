import type { Exchange } from '../../api/api-objects.js';
import { api } from '../api/api.js';

const toleranceMs = 5000;
const pausesMs = [100, 200, 400, 800, 1500, 3000, 3000, 3000, 5000, 5000];

/** A message whose reply did not arrive completely. */
export interface UnconfirmedMessage {
  message: string;
  /** In milliseconds of `performance.now()`. */
  sentAtMs: number;
  isKnown: (exchangeId: string) => boolean;
}

/**
 * Finds the exchange of a message on the server, and waits until it has ended. Returns null if the message never
 * arrived, and a pending exchange if it takes too long. Rejects with a `Problem`.
 */
export async function findSentMessage(sent: UnconfirmedMessage): Promise<Exchange | null> {
  for (const pauseMs of pausesMs) {
    const found = await lookUpSentMessage(sent);
    if (found?.status !== 'pending') return found;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return lookUpSentMessage(sent);
}

/** Finds the exchange of a message that the user stopped, perhaps before it arrived. Returns null if it does not arrive. */
export async function findStoppedMessage(sent: UnconfirmedMessage): Promise<Exchange | null> {
  for (const pauseMs of pausesMs.slice(0, 4)) {
    const found = await lookUpSentMessage(sent);
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return lookUpSentMessage(sent);
}

/** Finds the exchange of a message on the server without waiting for its end. Rejects with a `Problem`. */
export async function lookUpSentMessage({
  message,
  sentAtMs,
  isKnown,
}: UnconfirmedMessage): Promise<Exchange | null> {
  const { results, readAtMs } = await api.latestExchanges();
  const oldestMs = readAtMs - (performance.now() - sentAtMs) - toleranceMs;
  const matches = (exchange: Exchange) =>
    exchange.message === message && !isKnown(exchange.id) && Date.parse(exchange.created_at) >= oldestMs;
  return results.find(matches) ?? null;
}
