import { idempotencyKeyTtlMs, type Exchange } from '../../domain/chat/exchange.js';
import { chatAction } from '../../domain/metering/hold.js';
import type { ExchangeReference } from '../../ports/hold-ledger.js';
import type { Account, StoredExchange } from './account-state.js';
import type { MemoryState } from './state.js';

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
  const blank = {
    ...{
      message: '',
      reply,
      toolCalls: null,
      replyParts: null,
      attachments: null,
      details: null,
      stopSequence: null,
      requestFingerprint: null,
      endKey: null,
    },
    isErased: true,
  };
  storeExchange(account, { ...stored, attachments: null, exchange: { ...stored.exchange, ...blank } });
}

/** Returns an immutable copy of a list; null for none. */
export function frozen<Item extends object>(list: readonly Item[] | null): readonly Item[] | null {
  return list && Object.freeze(structuredClone(list));
}

/** Returns an immutable copy of some texts; null for none. */
export function frozenTexts(texts: readonly string[] | null | undefined): readonly string[] | null {
  return texts == null ? null : Object.freeze([...texts]);
}

/** Whether an exchange is a chat, not another action. */
export function isChat({ action }: Pick<Exchange, 'action'>): boolean {
  return action === chatAction;
}

/** Whether the idempotency key of an exchange may be used again. */
export function isKeyExpired({ exchange }: StoredExchange, now: Date): boolean {
  return exchange.createdAt.getTime() <= now.getTime() - idempotencyKeyTtlMs;
}

/** An exchange whose hold is open, and its account. */
export interface OpenHold {
  account: Account;
  stored: StoredExchange;
}

/** Returns the exchange if its hold is open, whatever its deadline; else null. */
export function findOpen(state: MemoryState, { userId, exchangeId }: ExchangeReference): OpenHold | null {
  const account = state.accounts.get(userId);
  const stored = account?.exchanges.get(exchangeId);
  return account === undefined || stored?.exchange.holdState !== 'open' ? null : { account, stored };
}
