import { idempotencyKeyTtlMs } from '../../domain/chat/exchange.js';
import type { Account, StoredExchange } from './state.js';

/** Stores an exchange in place of its earlier version, and updates the indexes by key and open hold. */
export function storeExchange(account: Account, stored: StoredExchange): void {
  const { id, holdState } = stored.exchange;
  const earlierKey = account.exchanges.get(id)?.idempotencyKey ?? null;
  if (earlierKey !== null) account.claims.delete(earlierKey);
  if (stored.idempotencyKey !== null) account.claims.set(stored.idempotencyKey, id);
  if (holdState === 'open') account.openHolds.add(id);
  else account.openHolds.delete(id);
  account.exchanges.set(id, Object.freeze({ ...stored, exchange: Object.freeze(stored.exchange) }));
}

/** Removes the texts of an exchange, which stays on record. */
export function blankTexts(account: Account, stored: StoredExchange): void {
  const reply = stored.exchange.reply === null ? null : '';
  const blank = { message: '', reply, toolCalls: null, requestFingerprint: null, isErased: true };
  storeExchange(account, { ...stored, exchange: { ...stored.exchange, ...blank } });
}

/** Whether the idempotency key of an exchange may be used again. */
export function isKeyExpired({ exchange }: StoredExchange, now: Date): boolean {
  return exchange.createdAt.getTime() <= now.getTime() - idempotencyKeyTtlMs;
}
